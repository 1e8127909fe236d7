import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

import { ConfigurationError, messageOf } from '../errors';
import { toolCache, toolEnvironment } from './config';
import { installWithApt, unpackWithApt } from './debian';
import { runCommand } from './run-command';
import { TOOLS, type Tool, type ToolName } from './tools';

export type Report = (line: string) => void;

/** Where a tool is, and the environment it needs beside ours. */
export interface FoundTool {
  readonly command: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** The tool named by its variable, on PATH, or unpacked in our cache; undefined when it is nowhere. */
export function findTool(name: ToolName): FoundTool | undefined {
  const tool: Tool = TOOLS[name];
  const environment = toolEnvironment();
  const named = environment[tool.variable];
  if (named) return isExecutable(named) ? { command: named, environment: {} } : undefined;
  for (const folder of (environment.PATH ?? '').split(delimiter)) {
    const found = tool.commands.map((command) => join(folder, command)).find(isExecutable);
    if (found) return { command: found, environment: {} };
  }
  return findUnpacked(name, tool);
}

/**
 * The tool, got through the system's package manager when it is missing: installed as root, else unpacked into our
 * cache. Throws ConfigurationError with the one command that helps when it cannot be had.
 */
export async function requireTool(name: ToolName, report: Report): Promise<FoundTool> {
  const present = findTool(name);
  if (present) return present;
  const tool: Tool = TOOLS[name];
  const began = Date.now();
  try {
    await obtain(name, tool, report);
  } catch (error) {
    throw new ConfigurationError(`${name} is missing and could not be got (${messageOf(error)}). ${remedy(tool)}`);
  }
  const found = findTool(name);
  if (!found) throw new ConfigurationError(`${name} is missing. ${remedy(tool)}`);
  report(`${name} is there (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  return found;
}

async function obtain(name: string, tool: Tool, report: Report): Promise<void> {
  if (process.platform === 'darwin') {
    report(`${name} is missing: installing it with Homebrew (${tool.homebrew}) …`);
    await runCommand('brew', ['install', tool.homebrew]);
  } else if (process.getuid?.() === 0) {
    report(`${name} is missing: installing ${tool.debian.join(', ')} with apt-get …`);
    await installWithApt(tool.debian);
  } else {
    report(`${name} is missing: unpacking ${tool.debian.join(', ')} into ${toolCache()} …`);
    await unpackWithApt(tool.debian, join(toolCache(), name));
  }
}

function findUnpacked(name: ToolName, tool: Tool): FoundTool | undefined {
  const root = join(toolCache(), name);
  const command = tool.commands.map((each) => join(root, 'usr', 'bin', each)).find(isExecutable);
  if (!command) return undefined;
  const triplet = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';
  const libraries = [join(root, 'usr', 'lib', triplet), join(root, 'lib', triplet), join(root, 'usr', 'lib')];
  return { command, environment: { LD_LIBRARY_PATH: libraries.join(':') } };
}

function remedy(tool: Tool): string {
  const command =
    process.platform === 'darwin' ? `brew install ${tool.homebrew}` : `sudo apt-get install ${tool.debian.join(' ')}`;
  return `Install it (${command}) or set ${tool.variable} to its path.`;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
