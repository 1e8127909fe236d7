import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { runCommand } from '@terakoya/common/system-tools';

import { MIGRATIONS } from '../../scripts/operations/owners';
import { ROOT } from '../../scripts/start/services';

const FOLDERS = ['subgraphs/*/migrations', 'workers/*/migrations'];

type Migrations = typeof MIGRATIONS;

/** The migrations of the commit before the last one that changed any, and how to throw their files away. */
export interface PreviousMigrations {
  readonly commit: string;
  readonly migrations: Migrations;
  readonly remove: () => void;
}

/** From this repository's own history; undefined where that is not there, as in a shallow clone. */
export async function previousMigrations(): Promise<PreviousMigrations | undefined> {
  const commit = await parentOfLastChange();
  if (commit === undefined) return undefined;
  // Inside the repository, so that they find the packages they import.
  const parent = join(ROOT, '.cache');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'upgrade-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const pathspecs = FOLDERS.map((glob) => `':(glob)${glob}/**'`).join(' ');
    await runCommand('sh', ['-c', `git archive ${commit} ${pathspecs} | tar -x -C '${folder}'`], { cwd: ROOT });
    const entries = Object.keys(MIGRATIONS).map((schema) => [schema, migrationsIn(folder, schema)] as const);
    const migrations = Object.fromEntries(entries) as Migrations; // one for each of its keys
    return { commit, migrations, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

async function parentOfLastChange(): Promise<string | undefined> {
  const git = (...args: string[]): Promise<string> => runCommand('git', args, { cwd: ROOT });
  try {
    const last = (await git('log', '-1', '--format=%H', '--', ...FOLDERS.map((glob) => `:(glob)${glob}/**`))).trim();
    return last === '' ? undefined : (await git('rev-parse', '--verify', `${last}^`)).trim();
  } catch {
    return undefined;
  }
}

function migrationsIn(folder: string, schema: string): Migrations[keyof Migrations] {
  const place = schema === 'ai_proxy' ? 'workers/ai-proxy' : `subgraphs/${schema}`;
  const index = join(folder, place, 'migrations', 'index.ts');
  if (!existsSync(index)) return [];
  const { migrations } = createRequire(__filename)(index) as { migrations: Migrations[keyof Migrations] }; // the same file, as it was
  return migrations;
}
