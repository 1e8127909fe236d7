import { ConfigurationError } from '../errors';
import { type Tool, TOOLS, type ToolName } from './tools';

/** A tool is not here and cannot be had: one line that names it, why, and the command that helps. */
export class ToolMissingError extends ConfigurationError {
  constructor(
    readonly tool: ToolName,
    why: string,
    options?: ErrorOptions,
  ) {
    super(`${tool} ${why}. ${remedy(TOOLS[tool])}`, options);
  }
}

function remedy(tool: Tool): string {
  const command = installCommand(tool);
  const path = `set ${tool.variable} to its path.`;
  return command === undefined ? `Install it yourself and ${path}` : `Install it (${command}) or ${path}`;
}

function installCommand(tool: Tool): string | undefined {
  if (process.platform !== 'darwin') return `sudo apt-get install ${tool.debian.join(' ')}`;
  return tool.homebrew.length > 0 ? `brew install ${tool.homebrew.join(' ')}` : undefined;
}
