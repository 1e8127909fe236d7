import { mkdir } from 'node:fs/promises';

import type { ObjectStorage } from '@terakoya/common/storage';
import { Client } from 'pg';

import { copyObjects } from './copy-objects';
import { dumpTables } from './dump-tables';
import { type Manifest, writeManifest } from './manifest';
import { SCHEMAS } from '../operations/owners';

export interface BackupPlaces {
  /** As a user that may read and make every schema. */
  readonly databaseUrl: string;
  readonly storage: ObjectStorage;
  readonly report: (line: string) => void;
}

/**
 * Copies the whole school into a new folder: the rows of all services as they were at one moment, then the objects.
 * Redis is not needed: what it holds is made again from the database. The school may be at work meanwhile.
 */
export async function createBackup(folder: string, { databaseUrl, storage, report }: BackupPlaces): Promise<Manifest> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    const createdAt = new Date().toISOString();
    const database = await dumpTables(client, SCHEMAS, folder);
    report(`${database.tables.length} tables, ${database.tables.reduce((sum, { rows }) => sum + rows, 0)} rows`);
    const objects = await copyObjects(storage, folder);
    report(`${objects.length} files, ${objects.reduce((sum, { size }) => sum + size, 0)} bytes`);
    const manifest: Manifest = { format: 1, createdAt, ...database, objects };
    await writeManifest(folder, manifest);
    return manifest;
  } finally {
    await client.end();
  }
}
