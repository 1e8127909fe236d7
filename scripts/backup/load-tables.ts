import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';

import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

import { type Manifest, type TableCopy, tablePath } from './manifest';

/** Fills empty tables with the rows of a backup, in one transaction: all of them or none. */
export async function loadTables(client: Client, folder: string, manifest: Manifest): Promise<void> {
  await client.query('BEGIN');
  try {
    for (const copy of await inOrder(client, manifest.tables)) await loadTable(client, folder, copy);
    for (const { schema, sequence, lastValue, isCalled } of manifest.sequences) {
      const name = `${client.escapeIdentifier(schema)}.${client.escapeIdentifier(sequence)}`;
      await client.query('SELECT setval($1::regclass, $2::bigint, $3)', [name, lastValue, isCalled]);
    }
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

async function loadTable(client: Client, folder: string, copy: TableCopy): Promise<void> {
  const list = copy.columns.map((column) => client.escapeIdentifier(column)).join(', ');
  const name = `${client.escapeIdentifier(copy.schema)}.${client.escapeIdentifier(copy.table)}`;
  const rows = client.query(copyFrom(`COPY ${name} (${list}) FROM STDIN`));
  await pipeline(createReadStream(tablePath(folder, copy)), createGunzip(), rows);
  if (rows.rowCount !== copy.rows) {
    throw new Error(`${copy.schema}.${copy.table}: ${rows.rowCount} rows came, the backup says ${copy.rows}.`);
  }
}

/** Tables after those they refer to, so that no right is needed to switch foreign keys off. */
async function inOrder(client: Client, tables: readonly TableCopy[]): Promise<TableCopy[]> {
  const { rows } = await client.query<{ child: string; parent: string }>(
    `SELECT child_space.nspname || '.' || child.relname AS child, parent_space.nspname || '.' || parent.relname AS parent
     FROM pg_constraint
     JOIN pg_class child ON child.oid = conrelid JOIN pg_namespace child_space ON child_space.oid = child.relnamespace
     JOIN pg_class parent ON parent.oid = confrelid JOIN pg_namespace parent_space ON parent_space.oid = parent.relnamespace
     WHERE contype = 'f' AND conrelid <> confrelid`,
  );
  const nameOf = ({ schema, table }: TableCopy): string => `${schema}.${table}`;
  const left = new Map(tables.map((copy) => [nameOf(copy), copy]));
  const ordered: TableCopy[] = [];
  while (left.size > 0) {
    const free = [...left].filter(([name]) => !rows.some(({ child, parent }) => child === name && left.has(parent)));
    if (free.length === 0) throw new Error(`Tables refer to each other in a circle: ${[...left.keys()].join(', ')}.`);
    for (const [name, copy] of free) {
      ordered.push(copy);
      left.delete(name);
    }
  }
  return ordered;
}
