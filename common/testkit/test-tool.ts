import { type ToolCommand, type ToolName, ToolMissingError, requireTool } from '../system-tools';
import { isContinuousIntegration } from './config';

/**
 * A tool that a suite needs, got when it is missing. Where it cannot be had, `undefined` after one line that says why,
 * for the suite to skip itself; with `CI=true` the run fails instead.
 */
export async function findTestTool(name: ToolName): Promise<ToolCommand | undefined> {
  const report = (line: string): void => void process.stderr.write(`  ${line}\n`);
  try {
    return await requireTool(name, { report });
  } catch (error) {
    if (!(error instanceof ToolMissingError) || isContinuousIntegration()) throw error;
    report(`Skipped: ${error.message}`);
    return undefined;
  }
}
