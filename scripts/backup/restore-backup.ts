import { ConfigurationError } from '@terakoya/common/errors';
import { Client } from 'pg';

import { migrate } from '../operations/migrate/migrate';
import { MIGRATIONS, SCHEMAS } from '../operations/owners';
import { checkBackup, requireKnownMigrations } from './check-backup';
import { restoreObjects } from './copy-objects';
import type { BackupPlaces } from './create-backup';
import { loadTables } from './load-tables';
import { type Manifest, readManifest } from './manifest';

export interface RestoreOptions extends BackupPlaces {
  readonly roleSecret: string;
  /** Leave to throw away what is there now. */
  readonly replace: boolean;
}

/**
 * Brings a school to the state of a backup. Nothing is changed before the backup was read to its end and found whole. A
 * backup of an older release is restored as it was; the services bring it up to date when they start.
 */
export async function restoreBackup(folder: string, options: RestoreOptions): Promise<Manifest> {
  const { databaseUrl, storage, report } = options;
  const manifest = await readManifest(folder);
  requireKnownMigrations(manifest);
  await checkBackup(folder, manifest);
  report('the backup is whole');
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await requireNobodyConnected(client);
    await makeRoom(client, options.replace);
    await makeTables(manifest, options);
    await loadTables(client, folder, manifest);
    report(`${manifest.tables.length} tables are filled`);
  } finally {
    await client.end();
  }
  await storage.ready();
  await restoreObjects(storage, folder, manifest.objects);
  report(`${manifest.objects.length} files are there`);
  return manifest;
}

/** A service that is at work would mix its present with the past. */
async function requireNobodyConnected(client: Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT DISTINCT usename AS name FROM pg_stat_activity
     WHERE datname = current_database() AND usename = ANY($1) AND pid <> pg_backend_pid() ORDER BY 1`,
    [SCHEMAS],
  );
  if (rows.length === 0) return;
  throw new ConfigurationError(
    `The school is at work: ${rows.map(({ name }) => name).join(', ')}. End it first. Nothing was changed.`,
  );
}

async function makeRoom(client: Client, replace: boolean): Promise<void> {
  const { rows } = await client.query<{ schema: string }>(
    'SELECT DISTINCT schemaname AS schema FROM pg_tables WHERE schemaname = ANY($1) ORDER BY 1',
    [SCHEMAS],
  );
  if (rows.length > 0 && !replace) {
    throw new ConfigurationError(
      `There is a school already (${rows.map(({ schema }) => schema).join(', ')}). ` +
        'Say --replace to throw it away. Nothing was changed.',
    );
  }
  for (const { schema } of rows) await client.query(`DROP SCHEMA ${client.escapeIdentifier(schema)} CASCADE`);
}

/** The schemas as they were when the backup was made: by the migrations of that time, run by their owners. */
async function makeTables({ migrations }: Manifest, { databaseUrl, roleSecret }: RestoreOptions): Promise<void> {
  const ofThatTime = SCHEMAS.map((schema) => {
    const names = migrations[schema] ?? [];
    return [schema, MIGRATIONS[schema].filter(({ name }) => names.includes(name))] as const;
  });
  await migrate({
    adminUrl: databaseUrl,
    roleSecret,
    migrations: Object.fromEntries(ofThatTime) as typeof MIGRATIONS, // for each of its keys
    report: () => undefined,
  });
}
