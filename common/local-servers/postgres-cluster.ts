import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { runCommand } from '../system-tools';
import { type PostgresUser, canEnter } from './postgres-user';

export const SUPERUSER = 'terakoya';

/** Where a cluster lies whose data directory the user `postgres` may not enter (under root's home). */
const ELSEWHERE = '/var/lib/terakoya';

/**
 * macOS has no C.UTF-8. Not plain C: pg_trgm would take Japanese letters for punctuation and find nothing. Sorting is
 * by code point on both.
 */
const LOCALE = process.platform === 'darwin' ? ['--locale=C', '--lc-ctype=en_US.UTF-8'] : ['--locale=C.UTF-8'];

/** The cluster in a data directory, or the link to it. */
export function clusterPath(dataDirectory: string): string {
  return join(dataDirectory, 'cluster');
}

/**
 * Makes the cluster in a data directory. It is made under another name and appears when it is complete, so a start that
 * was killed leaves none that is broken, and of two that start at once the second one leaves the first one's.
 */
export async function makeCluster(
  programs: string,
  dataDirectory: string,
  password: string,
  user: PostgresUser,
  report: (line: string) => void,
): Promise<void> {
  const isReachable = canEnter(user, dataDirectory);
  const draft = join(isReachable ? dataDirectory : ELSEWHERE, `postgres-${randomBytes(6).toString('hex')}`);
  if (!isReachable) report(`the user postgres may not enter ${dataDirectory}: the database goes to ${draft} …`);
  mkdirSync(draft, { recursive: true });
  give(draft, user);
  try {
    await initialise(programs, draft, password, user);
    publish(draft, clusterPath(dataDirectory), isReachable);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw error;
  }
}

async function initialise(programs: string, folder: string, password: string, user: PostgresUser): Promise<void> {
  const passwordFile = join(tmpdir(), `terakoya-initdb-${randomBytes(6).toString('hex')}`);
  writeFileSync(passwordFile, password, { mode: 0o600 });
  give(passwordFile, user);
  const settings = ['--encoding=UTF8', ...LOCALE, '--auth=scram-sha-256', `--username=${SUPERUSER}`];
  try {
    await runCommand(
      join(programs, 'initdb'),
      [`--pgdata=${folder}`, `--pwfile=${passwordFile}`, ...settings],
      // Not our folder: it may lie where the server's user cannot go.
      { ids: user, cwd: '/' },
    );
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

function publish(draft: string, cluster: string, isBeside: boolean): void {
  try {
    if (isBeside) renameSync(draft, cluster);
    else symlinkSync(draft, cluster);
  } catch (error) {
    if (!existsSync(join(cluster, 'PG_VERSION'))) throw error;
    rmSync(draft, { recursive: true, force: true });
  }
}

function give(path: string, { uid, gid }: PostgresUser): void {
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid);
}
