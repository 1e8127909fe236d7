import { randomBytes } from 'node:crypto';

import { roleUrl } from '@terakoya/common/database';

import { SCHEMAS } from '../owners';

type Kept = Readonly<Record<string, string>>;

/** Secrets that are nothing but random, by the name of their file. */
const RANDOM = [
  'access_token_secret',
  'refresh_token_secret',
  'identity_secret',
  'meeting_ticket_secret',
  'database_role_secret',
  'postgres_password',
  'redis_password',
  'turn_secret',
  'grafana_password',
  'probe_password',
];
/** What somebody else gives out; empty until then. */
const GIVEN = ['openai_api_key', 'google_credentials'];

/**
 * Every file of the production file's `secrets`, by name. What is kept stays; what is missing is made, and follows from
 * what is kept: the URL of each database role from that of the administrator, and so on.
 */
export function secretFiles(kept: Kept): Record<string, string> {
  const files: Record<string, string> = { ...kept };
  const make = (name: string, value: () => string): string => (files[name] ??= value());
  for (const name of RANDOM) make(name, () => randomBytes(32).toString('hex'));
  // The lengths that every S3 server takes.
  make('minio_access_key', () => randomBytes(10).toString('hex'));
  make('minio_secret_key', () => randomBytes(20).toString('hex'));
  for (const name of GIVEN) make(name, () => '');
  const admin = make('database_url', () => `postgres://terakoya:${files['postgres_password'] ?? ''}@db:5432/terakoya`);
  for (const schema of SCHEMAS) {
    make(`database_url_${schema}`, () => roleUrl(admin, schema, files['database_role_secret'] ?? ''));
  }
  const redisPassword = files['redis_password'] ?? '';
  make('redis_url', () => `redis://:${redisPassword}@redis:6379`);
  make('redis_exporter_passwords', () => JSON.stringify({ 'redis://redis:6379': redisPassword }));
  return files;
}
