/**
 * `npm run secrets -- FOLDER [name=value …]`: makes the files that `docker-compose.prod.yml` takes its secrets from. Files
 * that are there stay as they are, so that running it again changes nothing; those that are given need not be made up.
 */
import { chmodSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { secretFiles } from './secret-files';

const [given, ...values] = process.argv.slice(2);

if (given === undefined) {
  console.error('Name the folder: npm run secrets -- secrets');
  process.exitCode = 1;
} else makeFiles(resolve(given));

/** The folder is its owner's alone; the files must be readable in containers, whose users have other numbers. */
function makeFiles(folder: string): void {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o700);
  const names = readdirSync(folder).filter((name) => !name.startsWith('.'));
  const kept = Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8').trimEnd()]));
  const made = Object.entries(secretFiles({ ...Object.fromEntries(values.map(pair)), ...kept })).filter(([name]) => !(name in kept));
  for (const [name, value] of made) writeFileSync(join(folder, name), value, { mode: 0o444 });
  console.log(`${folder}: ${made.length} files made, ${names.length} were there.`);
}

function pair(text: string): [string, string] {
  const at = text.indexOf('=');
  return [text.slice(0, at), text.slice(at + 1)];
}

if (process.connected) process.disconnect();
