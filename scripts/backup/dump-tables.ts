import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

import type { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';

import { HashingStream } from './hashing';
import { type Manifest, type TableCopy, tablePath } from './manifest';

/** What TypeORM keeps of migrations: it is written anew when a restore runs them. */
export const BOOKKEEPING = 'migrations';

/**
 * Copies every table of the schemas to files, all as they were at one moment: services go on writing meanwhile. The
 * client must be connected as a user that may read them.
 */
export async function dumpTables(
  client: Client,
  schemas: readonly string[],
  folder: string,
): Promise<Pick<Manifest, 'migrations' | 'tables' | 'sequences'>> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  try {
    const tables: TableCopy[] = [];
    for (const { schema, table } of await tablesOf(client, schemas)) {
      tables.push(await dumpTable(client, folder, { schema, table }));
    }
    return { migrations: await migrationsOf(client, schemas), tables, sequences: await sequencesOf(client, schemas) };
  } finally {
    await client.query('ROLLBACK');
  }
}

async function dumpTable(
  client: Client,
  folder: string,
  { schema, table }: { readonly schema: string; readonly table: string },
): Promise<TableCopy> {
  const columns = await columnsOf(client, schema, table);
  const list = columns.map((column) => client.escapeIdentifier(column)).join(', ');
  const name = `${client.escapeIdentifier(schema)}.${client.escapeIdentifier(table)}`;
  const path = tablePath(folder, { schema, table });
  await mkdir(dirname(path), { recursive: true });
  const rows = client.query(copyTo(`COPY ${name} (${list}) TO STDOUT`));
  const hashing = new HashingStream();
  await pipeline(rows, hashing, createGzip({ level: 3 }), createWriteStream(path, { mode: 0o600 }));
  return { schema, table, columns, rows: rows.rowCount, sha256: hashing.sha256 };
}

async function tablesOf(client: Client, schemas: readonly string[]) {
  const { rows } = await client.query<{ schema: string; table: string }>(
    `SELECT schemaname AS schema, tablename AS table FROM pg_tables
     WHERE schemaname = ANY($1) AND tablename <> $2 ORDER BY 1, 2`,
    [schemas, BOOKKEEPING],
  );
  return rows;
}

async function columnsOf(client: Client, schema: string, table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT column_name AS name FROM information_schema.columns
     WHERE table_schema = $1 AND table_name = $2 AND is_generated = 'NEVER' ORDER BY ordinal_position`,
    [schema, table],
  );
  return rows.map(({ name }) => name);
}

async function migrationsOf(client: Client, schemas: readonly string[]): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const schema of schemas) {
    const table = `${client.escapeIdentifier(schema)}.${client.escapeIdentifier(BOOKKEEPING)}`;
    const { rows: known } = await client.query<{ there: boolean }>('SELECT to_regclass($1) IS NOT NULL AS there', [
      table,
    ]);
    if (known[0]?.there !== true) continue;
    const { rows } = await client.query<{ name: string }>(`SELECT name FROM ${table} ORDER BY id`);
    found[schema] = rows.map(({ name }) => name);
  }
  return found;
}

async function sequencesOf(client: Client, schemas: readonly string[]): Promise<Manifest['sequences']> {
  const { rows: names } = await client.query<{ schema: string; sequence: string }>(
    `SELECT schemaname AS schema, sequencename AS sequence FROM pg_sequences
     WHERE schemaname = ANY($1) AND sequencename NOT LIKE $2 ORDER BY 1, 2`,
    [schemas, `${BOOKKEEPING}\\_%`],
  );
  const states: Manifest['sequences'] = [];
  for (const { schema, sequence } of names) {
    const { rows } = await client.query<{ last: string; called: boolean }>(
      `SELECT last_value::text AS last, is_called AS called
       FROM ${client.escapeIdentifier(schema)}.${client.escapeIdentifier(sequence)}`,
    );
    states.push({ schema, sequence, lastValue: rows[0]?.last ?? '1', isCalled: rows[0]?.called ?? false });
  }
  return states;
}
