import { execFileSync } from 'node:child_process';
import { chownSync } from 'node:fs';

import { ConfigurationError, messageOf } from '../errors';
import { runCommand } from '../system-tools/run-command';

/** Whom the server runs as: PostgreSQL refuses to run as root. Empty when we are an ordinary user ourselves. */
export interface PostgresUser {
  readonly ids: { readonly uid?: number; readonly gid?: number };
}

export async function findPostgresUser(): Promise<PostgresUser> {
  if (process.getuid?.() !== 0) return { ids: {} };
  const known = idsOf('postgres');
  if (known) return { ids: known };
  await runCommand('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']);
  const made = idsOf('postgres');
  if (!made) throw new ConfigurationError('PostgreSQL cannot run as root, and the user `postgres` could not be made.');
  return { ids: made };
}

/** Gives a file or folder to the server's user, and checks that this user can reach it and the program. */
export function ownFolder(path: string, user: PostgresUser, program?: string): void {
  const { uid, gid } = user.ids;
  if (uid === undefined || gid === undefined) return;
  chownSync(path, uid, gid);
  for (const needed of program === undefined ? [path] : [path, program]) {
    try {
      execFileSync('test', ['-r', needed], { uid, gid });
    } catch (error) {
      throw new ConfigurationError(
        `PostgreSQL runs as the user postgres, who cannot enter ${needed} (${messageOf(error).split('\n', 1)[0]}). ` +
          'Clone to a folder that everybody may enter, start as an ordinary user, or set DATABASE_URL.',
      );
    }
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
