import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { withoutDaemons } from './no-daemons';
import { runCommand } from './run-command';

const SYSTEM_LISTS = '/var/lib/apt/lists';

/** Package lists are brought up to date once per process at most. */
let listsAreFresh = false;

/** Installs Debian packages system-wide; needs root. Daemons they bring are not started. */
export async function installWithApt(packages: readonly string[], signal?: AbortSignal): Promise<void> {
  await withoutDaemons(() =>
    withLists(hasLists(SYSTEM_LISTS), [], signal, () =>
      apt(['install', '-y', '-qq', '--no-install-recommends', ...packages], signal),
    ),
  );
}

/**
 * Unpacks Debian packages, and those they need that this system has not, into `target`; needs no root. The folder
 * appears at once and complete. Where nobody ran `apt-get update` yet, lists of our own are fetched beside it.
 */
export async function unpackWithApt(packages: readonly string[], target: string, signal?: AbortSignal): Promise<void> {
  const making = `${target}.making-${process.pid}`;
  const apart = ownLists(join(dirname(target), 'apt'));
  const own = hasLists(SYSTEM_LISTS) ? [] : apart;
  mkdirSync(making, { recursive: true });
  try {
    await withLists(own.length === 0, apart, signal, (options) => download(packages, making, options, signal), own);
    for (const file of readdirSync(making).filter((name) => name.endsWith('.deb'))) {
      await runCommand('dpkg-deb', ['-x', join(making, file), making], { signal });
      rmSync(join(making, file));
    }
    rmSync(target, { recursive: true, force: true });
    renameSync(making, target);
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
}

/** Works with the lists there are; without any, or when that fails, fetches new ones and works once more. */
async function withLists(
  thereAreLists: boolean,
  updateOptions: readonly string[],
  signal: AbortSignal | undefined,
  work: (options: readonly string[]) => Promise<unknown>,
  workOptions: readonly string[] = [],
): Promise<void> {
  if (thereAreLists || listsAreFresh) {
    try {
      await work(workOptions);
      return;
    } catch (error) {
      if (listsAreFresh || signal?.aborted) throw error;
    }
  }
  for (const folder of foldersOf(updateOptions)) mkdirSync(folder, { recursive: true });
  await apt([...updateOptions, 'update', '-qq'], signal);
  listsAreFresh = true;
  await work(updateOptions);
}

async function download(packages: readonly string[], folder: string, options: readonly string[], signal?: AbortSignal) {
  const plan = await apt([...options, 'install', '--simulate', '--no-install-recommends', ...packages], signal);
  const missing = [...plan.matchAll(/^Inst (\S+)/gm)].map(([, name]) => name ?? '');
  // What the system has already is not in the plan; the packages themselves are wanted in any case.
  const wanted = [...new Set([...packages, ...missing])];
  await apt([...options, 'download', '-qq', ...wanted], signal, folder);
}

function apt(args: readonly string[], signal?: AbortSignal, cwd?: string): Promise<string> {
  const env = { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' };
  return runCommand('apt-get', ['-o', 'DPkg::Lock::Timeout=120', ...args], { cwd, env, signal });
}

function ownLists(folder: string): string[] {
  return ['-o', `Dir::State::Lists=${join(folder, 'lists')}`, '-o', `Dir::Cache=${join(folder, 'cache')}`];
}

/** apt wants `partial` folders to be there when it is not root. */
function foldersOf(options: readonly string[]): string[] {
  const paths = options.filter((option) => option !== '-o').map((option) => option.slice(option.indexOf('=') + 1));
  return paths.map((path) => (path.endsWith('cache') ? join(path, 'archives', 'partial') : join(path, 'partial')));
}

function hasLists(folder: string): boolean {
  return existsSync(folder) && readdirSync(folder).some((name) => name.includes('_Packages'));
}
