import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { systemCodeOf } from '@terakoya/common/errors';

const PREFIX = 'terakoya-documents-';
const OWNER = new RegExp(`^${PREFIX}(\\d+)-`);

/** A new folder of this process for files it can do without; those of processes that died are removed. */
export async function createScratchFolder(parent = tmpdir()): Promise<string> {
  for (const name of await readdir(parent)) {
    if (await isAbandoned(parent, name)) await rm(join(parent, name), { recursive: true, force: true });
  }
  return mkdtemp(join(parent, `${PREFIX}${process.pid}-`));
}

async function isAbandoned(parent: string, name: string): Promise<boolean> {
  const pid = Number(OWNER.exec(name)?.[1] ?? Number.NaN);
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
