import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { type Environment, toolCache, toolEnvironment } from './config';
import { type Tool, TOOLS, type ToolName } from './tools';

/** How to run a tool. */
export interface ToolCommand {
  /** Absolute path of the program. */
  readonly command: string;
  /** Variables it needs beside those of this process; empty for an installed tool. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * The tool named by its variable, on PATH, or unpacked in our cache; undefined when it is nowhere. A variable that is
 * set counts alone: when it names no program, no other one is taken in its place.
 */
export function findTool(
  name: ToolName,
  { env = toolEnvironment() }: { env?: Environment } = {},
): ToolCommand | undefined {
  const tool: Tool = TOOLS[name];
  const named = env[tool.variable];
  if (named) return isProgram(named) ? { command: named, env: {} } : undefined;
  const installed = [...pathsOnPath(tool, env), ...(tool.elsewhere ?? [])].find(isProgram);
  return installed ? { command: installed, env: {} } : findUnpacked(unpackedRoot(name, env), tool);
}

/** The folder of our cache that has a tool's packages, complete or not there at all. */
export function unpackedRoot(name: ToolName, env: Environment): string {
  return join(toolCache(env), name);
}

function pathsOnPath(tool: Tool, env: Environment): string[] {
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.flatMap((folder) => tool.commands.map((command) => join(folder, command)));
}

function findUnpacked(root: string, tool: Tool): ToolCommand | undefined {
  const inBin = tool.commands.map((command) => join('usr', 'bin', command));
  const command = [...(tool.unpacked ?? []), ...inBin].map((path) => join(root, path)).find(isProgram);
  return command ? { command, env: unpackedEnvironment(root) } : undefined;
}

/** The libraries and Python modules of unpacked packages, which their programs look for in the system's folders. */
function unpackedEnvironment(root: string): Record<string, string> {
  const triplet = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';
  const main = [join(root, 'usr', 'lib', triplet), join(root, 'lib', triplet), join(root, 'usr', 'lib')];
  const libraries = [...main, ...foldersIn(join(root, 'usr', 'lib', triplet))].filter((folder) => existsSync(folder));
  const python = join(root, 'usr', 'lib', 'python3', 'dist-packages');
  return {
    ...(libraries.length > 0 && { LD_LIBRARY_PATH: libraries.join(delimiter) }),
    ...(existsSync(python) && { PYTHONPATH: python }),
  };
}

/** Some libraries have a folder of their own (`pulseaudio`), which only their absolute rpath knows. */
function foldersIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(folder, entry.name));
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
