import { createGunzip } from 'node:zlib';

import { ConfigurationError } from '@terakoya/common/errors';

import { eachAtOnce } from './copy-objects';
import { hashFile } from './hashing';
import { type Manifest, objectPath, tablePath } from './manifest';
import { MIGRATIONS, SCHEMAS } from '../operations/owners';

/** Reads a backup to its end and compares every hash; throws ConfigurationError that names what is wrong. */
export async function checkBackup(folder: string, manifest: Manifest): Promise<void> {
  const wrong: string[] = [];
  await eachAtOnce(manifest.tables, async (copy) => {
    const found = await hashFile(tablePath(folder, copy), createGunzip()).catch(() => undefined);
    if (found !== copy.sha256) wrong.push(`the table ${copy.schema}.${copy.table}`);
  });
  await eachAtOnce(manifest.objects, async ({ key, sha256 }) => {
    const found = await hashFile(objectPath(folder, key)).catch(() => undefined);
    if (found !== sha256) wrong.push(`the file ${key}`);
  });
  if (wrong.length > 0) {
    const more = wrong.length > 5 ? ` and ${wrong.length - 5} more` : '';
    throw new ConfigurationError(`${folder} is damaged: ${wrong.slice(0, 5).join(', ')}${more}. Nothing was changed.`);
  }
}

/** Throws ConfigurationError for a backup of a newer release than this one. */
export function requireKnownMigrations({ migrations }: Manifest): void {
  for (const [schema, names] of Object.entries(migrations)) {
    const owner = SCHEMAS.find((known) => known === schema);
    const known = owner ? MIGRATIONS[owner].map(({ name }) => name) : [];
    const unknown = names.filter((name) => !known.includes(name));
    if (unknown.length > 0) {
      throw new ConfigurationError(
        `The backup is of a newer release: ${schema} has the migrations ${unknown.join(', ')}, which are unknown here. ` +
          'Restore it with that release.',
      );
    }
  }
}
