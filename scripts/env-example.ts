/**
 * `npm run env`: writes `.env.example` from the services' own configuration schemas, so that it names and explains every
 * variable the code reads. With `--check` nothing is written and a difference is an error.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import { COMPOSE_VARIABLES } from './compose-variables';
import { SCHEMAS } from './config-schemas';

const HEADER = `# Every variable the code reads, with what it means and its default. Written by \`npm run env\`: do not edit by hand.
# \`npm start\` needs none of them: it embeds what is not named here and makes its own secrets in .data/.
# Copy a line to .env and take its # away to set it. "(required)" concerns services that run without \`npm start\`.
# Each variable X may be given as X_FILE too, the path of a file that holds its value, as container platforms hand over
# secrets. Where NODE_ENV is production, short, repeated and well-known secrets are refused: openssl rand -hex 32 makes one.
`;

function render(): string {
  const seen = new Map<string, { readers: string[]; field: z.ZodType }>();
  for (const { service, shape } of SCHEMAS) {
    for (const [name, field] of Object.entries(shape)) {
      const known = seen.get(name) ?? { readers: [], field };
      known.readers.push(service);
      seen.set(name, known);
    }
  }
  const entries = [...seen].map(([name, { readers, field }]) => entry(name, readers, field));
  return `${HEADER}\n${entries.join('\n')}\n${composeSection(seen)}`;
}

/** Those of the Compose files alone: what a service reads is above. */
function composeSection(seen: ReadonlyMap<string, unknown>): string {
  const entries = Object.entries(COMPOSE_VARIABLES).filter(([name]) => !seen.has(name));
  return entries.map(([name, [what, value]]) => `# ${what} [Compose files]\n# ${name}=${value}\n`).join('\n');
}

function entry(name: string, readers: readonly string[], field: z.ZodType): string {
  const parsed = field.safeParse(undefined);
  const isRequired = !parsed.success;
  const value = isSecret(name) || dependsOnMachine(name) ? '' : defaultOf(parsed.data);
  const who = readers.length > 3 ? `${readers.length} services` : readers.join(', ');
  return `# ${field.description ?? ''} ${isRequired ? '(required) ' : ''}[${who}]\n# ${name}=${value}\n`;
}

function defaultOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return Array.isArray(value) ? value.join(',') : `${value as string | number | boolean}`; // defaults are plain values
}

/** Defaults that are a path or a count of cores would make this file another one on each machine. */
function dependsOnMachine(name: string): boolean {
  return name.endsWith('_THREADS') || name.endsWith('_FILE');
}

function isSecret(name: string): boolean {
  return /SECRET|PASSWORD|_KEY$/.test(name);
}

const file = join(__dirname, '..', '.env.example');
const text = render();
if (existsSync(file) && readFileSync(file, 'utf8') === text) process.exitCode = 0;
else if (process.argv.includes('--check')) {
  console.error('.env.example differs from the configuration schemas: run `npm run env` and commit what it writes.');
  process.exitCode = 1;
} else writeFileSync(file, text);
