/**
 * `npm run env`: writes `.env.example` from the services' own configuration schemas, so that it names and explains every
 * variable the code reads. With `--check` nothing is written and a difference is an error.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import { faultsConfig } from '@terakoya/common/faults';
import { healthCheckConfig } from '@terakoya/common/health-check';

import { gatewayConfig } from '../gateway/src/config';
import { mediaConfig } from '../media/src/config';
import { telemetryConfig } from '../observability/src/config';
import { probeConfig } from '../observability/src/probe/config';
import { tracesConfig } from '../observability/src/traces/service';
import { realtimeConfig } from '../realtime/src/config';
import { accountsConfig } from '../subgraphs/accounts/src/config';
import { assistantConfig } from '../subgraphs/assistant/src/config';
import { classesConfig } from '../subgraphs/classes/src/config';
import { filesConfig } from '../subgraphs/files/src/config';
import { meetingsConfig } from '../subgraphs/meetings/src/config';
import { notesConfig } from '../subgraphs/notes/src/config';
import { aiProxyConfig } from '../workers/ai-proxy/config';
import { notesWorkerConfig } from '../workers/notes-worker/config';
import { ocrWorkerConfig } from '../workers/ocr-worker/config';
import { recordingWorkerConfig } from '../workers/recording-worker/config';
import { accountConfig } from './operations/account/config';
import { migrateConfig } from './operations/migrate/config';
import { startConfig } from './start/config';

interface Schema {
  readonly service: string;
  readonly shape: Readonly<Record<string, z.ZodType>>;
}

const SCHEMAS: readonly Schema[] = [
  startConfig,
  gatewayConfig,
  realtimeConfig,
  mediaConfig,
  accountsConfig,
  classesConfig,
  filesConfig,
  notesConfig,
  assistantConfig,
  meetingsConfig,
  notesWorkerConfig,
  ocrWorkerConfig,
  aiProxyConfig,
  recordingWorkerConfig,
  tracesConfig,
  probeConfig,
  telemetryConfig,
  faultsConfig,
  migrateConfig,
  accountConfig,
  healthCheckConfig,
]; // each has another shape; only names, descriptions and defaults are looked at

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
  return `${HEADER}\n${entries.join('\n')}`;
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
