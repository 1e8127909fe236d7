import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { ConfigurationError, systemCodeOf } from '@terakoya/common/errors';
import { z } from 'zod';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const tableSchema = z.object({
  schema: z.string(),
  table: z.string(),
  columns: z.array(z.string()),
  rows: z.number().int(),
  /** Of the rows as PostgreSQL's COPY text, before compression. */
  sha256,
});

const manifestSchema = z.object({
  format: z.literal(1),
  createdAt: z.iso.datetime(),
  /** The migrations each schema had, oldest first: a restore brings the schema to just there before the rows come. */
  migrations: z.record(z.string(), z.array(z.string())),
  tables: z.array(tableSchema),
  sequences: z.array(
    z.object({ schema: z.string(), sequence: z.string(), lastValue: z.string(), isCalled: z.boolean() }),
  ),
  objects: z.array(z.object({ key: z.string(), contentType: z.string(), size: z.number().int(), sha256 })),
});

export type Manifest = z.output<typeof manifestSchema>;
export type TableCopy = z.output<typeof tableSchema>;
export type ObjectCopy = Manifest['objects'][number];

const FILE = 'manifest.json';

/** Written last and at once: a folder without it is not a whole backup. */
export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const draft = join(folder, `${FILE}.part`);
  await writeFile(draft, JSON.stringify(manifest), { mode: 0o600 });
  await rename(draft, join(folder, FILE));
}

/** Throws ConfigurationError for a folder that holds no whole backup of ours. */
export async function readManifest(folder: string): Promise<Manifest> {
  try {
    return manifestSchema.parse(JSON.parse(await readFile(join(folder, FILE), 'utf8')));
  } catch (cause) {
    const why =
      systemCodeOf(cause) === 'ENOENT' ? 'it has no manifest: the backup was not finished' : 'its manifest is not ours';
    throw new ConfigurationError(`${folder} is no backup that can be restored: ${why}.`, { cause });
  }
}

export const tablePath = (folder: string, { schema, table }: Pick<TableCopy, 'schema' | 'table'>): string =>
  join(folder, 'database', `${schema}.${table}.copy.gz`);

export const objectPath = (folder: string, key: string): string => join(folder, 'objects', key);
