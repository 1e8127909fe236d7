import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { systemCodeOf } from '../errors';

/**
 * A new folder of this process for files it can do without, named after `purpose` (lower-case letters); those of the same
 * purpose of processes that died are removed.
 */
export async function createScratchFolder(purpose: string, parent = tmpdir()): Promise<string> {
  const prefix = `terakoya-${purpose}-`;
  for (const name of await readdir(parent)) {
    const isOurs = name.startsWith(prefix);
    if (isOurs && (await isAbandoned(parent, name, prefix)))
      await rm(join(parent, name), { recursive: true, force: true });
  }
  return mkdtemp(join(parent, `${prefix}${process.pid}-`));
}

async function isAbandoned(parent: string, name: string, prefix: string): Promise<boolean> {
  const pid = Number(/^(\d+)-/.exec(name.slice(prefix.length))?.[1] ?? Number.NaN);
  if (Number.isNaN(pid)) return false;
  if (pid !== process.pid) return !isRunning(pid);
  const found = await stat(join(parent, name)).catch(() => undefined);
  return found !== undefined && found.birthtimeMs < Date.now() - process.uptime() * 1000; // an earlier life of the same id
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCodeOf(error) === 'EPERM';
  }
}
