import { execFileSync } from 'node:child_process';

import { ConfigurationError } from '../errors';
import { runCommand } from '../system-tools';

/** Whom the server runs as: PostgreSQL refuses to run as root. Empty when we are an ordinary user ourselves. */
export interface PostgresUser {
  readonly uid?: number;
  readonly gid?: number;
}

/** Ourselves, or for root the system's user `postgres`, who is made when missing. */
export async function findPostgresUser(): Promise<PostgresUser> {
  if (process.getuid?.() !== 0) return {};
  const known = idsOf('postgres');
  if (known) return known;
  await runCommand('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']);
  const made = idsOf('postgres');
  if (!made) throw new ConfigurationError('PostgreSQL cannot run as root, and the user `postgres` could not be made.');
  return made;
}

/** Whether the server's user may go to this file or folder and execute or enter it. */
export function canEnter(user: PostgresUser, path: string): boolean {
  if (user.uid === undefined) return true;
  try {
    execFileSync('test', ['-x', path], { uid: user.uid, gid: user.gid, cwd: '/', stdio: 'ignore', timeout: 5_000 });
    return true;
  } catch {
    return false;
  }
}

function idsOf(name: string): { uid: number; gid: number } | undefined {
  try {
    const id = (flag: string): number =>
      Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return undefined;
  }
}
