import { messageOf } from '../errors';
import { installWithApt, unpackWithApt } from './apt';
import { toolEnvironment } from './config';
import { exclusively } from './exclusively';
import { type ToolCommand, findTool, unpackedRoot } from './find-tool';
import { runCommand } from './run-command';
import { ToolMissingError } from './tool-missing-error';
import { type Tool, TOOLS, type ToolName } from './tools';

/** Tells the user what is being done, a line at a time. */
export type Report = (line: string) => void;

export interface RequireOptions {
  readonly report?: Report;
  /** Ends the waiting and the package manager. */
  readonly signal?: AbortSignal;
}

/**
 * The tool, got through the system's package manager when it is missing: installed as root, else unpacked into our
 * cache; with Homebrew on macOS. Processes that ask at the same time wait for the first one, at most 10 minutes.
 * Throws ToolMissingError, whose one line names the command that helps, when it cannot be had.
 */
export async function requireTool(
  name: ToolName,
  { report = () => undefined, signal }: RequireOptions = {},
): Promise<ToolCommand> {
  const present = findTool(name);
  if (present) return present;
  const { variable } = TOOLS[name];
  const named = toolEnvironment()[variable];
  if (named) throw new ToolMissingError(name, `is not the program that ${variable} names (${named})`);
  try {
    return await exclusively('tools', { report, signal }, async () => findTool(name) ?? obtain(name, report, signal));
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof ToolMissingError) throw error;
    throw new ToolMissingError(name, `is missing and could not be got (${messageOf(error)})`, { cause: error });
  }
}

async function obtain(name: ToolName, report: Report, signal: AbortSignal | undefined): Promise<ToolCommand> {
  const tool: Tool = TOOLS[name];
  const began = Date.now();
  if (process.platform === 'darwin') await installWithHomebrew(name, tool, report, signal);
  else await obtainOnDebian(name, tool, report, signal);
  const found = findTool(name);
  if (!found) throw new ToolMissingError(name, 'is still missing after its packages were installed');
  report(`${name} is there: ${found.command} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  return found;
}

async function obtainOnDebian(name: ToolName, tool: Tool, report: Report, signal?: AbortSignal): Promise<void> {
  const packages = tool.debian.join(', ');
  if (process.getuid?.() === 0) {
    report(`${name} is missing: installing ${packages} with apt-get …`);
    return installWithApt(tool.debian, signal);
  }
  const root = unpackedRoot(name, toolEnvironment());
  report(`${name} is missing: unpacking ${packages} into ${root} …`);
  return unpackWithApt(tool.debian, root, signal);
}

async function installWithHomebrew(name: ToolName, tool: Tool, report: Report, signal?: AbortSignal): Promise<void> {
  if (tool.homebrew.length === 0) throw new ToolMissingError(name, 'is missing and Homebrew does not have it');
  report(`${name} is missing: installing ${tool.homebrew.join(' ')} with Homebrew …`);
  await runCommand('brew', ['install', ...tool.homebrew], { signal, env: { HOMEBREW_NO_AUTO_UPDATE: '1' } });
}
