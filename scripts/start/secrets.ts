import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const NAMES = [
  'ACCESS_TOKEN_SECRET',
  'REFRESH_TOKEN_SECRET',
  'IDENTITY_SECRET',
  'FILE_STORAGE_SECRET',
  'MEETING_TICKET_SECRET',
  'DATABASE_ROLE_SECRET',
] as const;

export type Secrets = Readonly<Record<(typeof NAMES)[number], string>>;

/** The secrets of this school: from the environment where set, else random ones made at the first start and kept. */
export function loadSecrets(dataDirectory: string, environment: Readonly<Record<string, string | undefined>>): Secrets {
  const file = join(dataDirectory, 'secrets.json');
  const kept = readKept(file);
  const entries = NAMES.map(
    (name) => [name, environment[name] || kept[name] || randomBytes(32).toString('hex')] as const,
  );
  mkdirSync(dataDirectory, { recursive: true });
  writeFileSync(file, JSON.stringify(Object.fromEntries(entries), null, 2), { mode: 0o600 });
  return Object.fromEntries(entries) as Secrets; // built from NAMES just above
}

function readKept(file: string): Record<string, string | undefined> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>; // our own file, mode 0600
  } catch {
    return {};
  }
}
