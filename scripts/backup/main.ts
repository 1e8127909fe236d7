/**
 * `npm run backup [-- FOLDER]`: copies the whole school, at work or not, into a new folder.
 * `npm run restore -- FOLDER [--replace]`: brings a school that is not at work to the state of a backup.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { ConfigurationError } from '@terakoya/common/errors';
import { type Closable, closeInReverse } from '@terakoya/common/lifecycle';
import { forgetSchool } from '@terakoya/common/redis';

import { createBackup } from './create-backup';
import { openPlaces } from './places';
import { restoreBackup } from './restore-backup';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { replace: { type: 'boolean', default: false } },
});
const [verb, given] = positionals;
const report = (line: string): void => console.log(`  ${line}`);

async function main(): Promise<void> {
  const opened: Closable[] = [];
  const began = performance.now();
  try {
    const places = await openPlaces(process.env, (resource) => void opened.push(resource), report);
    const folder = folderOf(places.dataDirectory);
    if (verb === 'backup') {
      if (existsSync(folder)) throw new ConfigurationError(`${folder} is there already: name a new folder.`);
      await createBackup(folder, places);
    } else {
      await restoreBackup(folder, { ...places, replace: values.replace });
      const { url, prefix } = await places.redis();
      report(`${await forgetSchool(url, prefix)} keys of the past are removed from Redis`);
    }
    console.log(`${verb === 'backup' ? 'Backed up to' : 'Restored from'} ${folder} in ${since(began)} s.`);
  } finally {
    await closeInReverse(opened);
  }
}

function folderOf(dataDirectory: string): string {
  if (given !== undefined) return resolve(given);
  if (verb === 'restore') throw new ConfigurationError('Name the backup: npm run restore -- FOLDER [--replace]');
  return join(dataDirectory, 'backups', new Date().toISOString().replaceAll(':', '-'));
}

function since(began: number): string {
  return ((performance.now() - began) / 1_000).toFixed(1);
}

main().catch((error: unknown) => {
  console.error(error instanceof ConfigurationError ? error.message : error);
  process.exitCode = 1;
});
