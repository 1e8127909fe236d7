import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { withoutDaemons } from './no-daemons';
import { type CommandOptions, runCommand } from './run-command';

const SYSTEM_LISTS = '/var/lib/apt/lists';

/** Options of apt-get that say where its package lists are; none for the system's. */
type Lists = readonly string[];

/** Package lists are brought up to date once per process at most. */
let listsAreFresh = false;

/** Installs Debian packages system-wide; needs root. Daemons they bring are not started. */
export async function installWithApt(packages: readonly string[], signal?: AbortSignal): Promise<void> {
  const present = hasLists(SYSTEM_LISTS) ? [] : undefined;
  const install = ['install', '-y', '-qq', '--no-install-recommends', ...packages];
  await withoutDaemons(() => withLists(present, [], signal, () => apt(install, { signal })));
}

/**
 * Unpacks Debian packages, and those they need that this system has not, into `target`; needs no root. The folder
 * appears at once and complete. Where the system's package lists are missing or too old, lists of our own are fetched
 * beside it.
 */
export async function unpackWithApt(packages: readonly string[], target: string, signal?: AbortSignal): Promise<void> {
  const own = join(dirname(target), 'apt');
  const present = hasLists(SYSTEM_LISTS) ? [] : hasLists(join(own, 'lists')) ? ownLists(own) : undefined;
  const making = `${target}.making-${process.pid}`;
  mkdirSync(making, { recursive: true });
  try {
    await withLists(present, ownLists(own), signal, (lists) => download(packages, making, lists, signal));
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

/** Works with the lists there are; without any, or when that fails, fetches `fresh` ones and works once more. */
async function withLists(
  present: Lists | undefined,
  fresh: Lists,
  signal: AbortSignal | undefined,
  work: (lists: Lists) => Promise<unknown>,
): Promise<void> {
  try {
    if (present) return void (await work(present));
  } catch (error) {
    if (listsAreFresh || signal?.aborted) throw error;
  }
  await apt([...fresh, 'update', '-qq'], { signal });
  listsAreFresh = true;
  await work(fresh);
}

async function download(
  packages: readonly string[],
  folder: string,
  lists: Lists,
  signal: AbortSignal | undefined,
): Promise<void> {
  const plan = await apt([...lists, 'install', '--simulate', '--no-install-recommends', ...packages], { signal });
  const missing = [...plan.matchAll(/^Inst (\S+)/gm)].map(([, name]) => name ?? '');
  // What the system has already is not in the plan; the packages themselves are wanted in any case.
  const wanted = [...new Set([...packages, ...missing])];
  await apt([...lists, 'download', '-qq', ...wanted], { signal, cwd: folder });
}

function apt(args: readonly string[], options: Pick<CommandOptions, 'cwd' | 'signal'>): Promise<string> {
  const env = { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' };
  return runCommand('apt-get', ['-o', 'DPkg::Lock::Timeout=120', ...args], { ...options, env });
}

/** Lets apt keep its lists in a folder of ours; it wants its `partial` folders to be there. */
function ownLists(folder: string): Lists {
  const lists = join(folder, 'lists');
  const cache = join(folder, 'cache');
  for (const parent of [lists, join(cache, 'archives')]) mkdirSync(join(parent, 'partial'), { recursive: true });
  return ['-o', `Dir::State::Lists=${lists}`, '-o', `Dir::Cache=${cache}`];
}

function hasLists(folder: string): boolean {
  return existsSync(folder) && readdirSync(folder).some((name) => name.includes('_Packages'));
}
