import { createHmac } from 'node:crypto';

import { Client } from 'pg';

import { systemCodeOf } from '../errors';
import { poll } from '../lifecycle';

/** internal_error ("tuple concurrently updated"), unique_violation, duplicate_object. */
const CHANGED_ELSEWHERE: ReadonlySet<string> = new Set(['XX000', '23505', '42710']);
const ROLE_MS = 5_000;

export interface PrepareOptions {
  /** A user that may create roles, schemas and extensions. */
  readonly adminUrl: string;
  /** Each gets a role and a schema of its name. */
  readonly subgraphs: readonly string[];
  readonly roleSecret: string;
}

/**
 * Makes a login role and a schema for each subgraph, so that none can read another's tables. Safe to run again, and
 * from several processes at once; existing data is not touched.
 */
export async function prepareDatabase({ adminUrl, subgraphs, roleSecret }: PrepareOptions): Promise<void> {
  const client = new Client({ connectionString: adminUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock(hashtext('prepare-database'))");
    await client.query('CREATE SCHEMA IF NOT EXISTS extensions');
    await client.query('CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA extensions');
    await client.query('REVOKE CREATE ON SCHEMA public FROM PUBLIC');
    await client.query('GRANT USAGE ON SCHEMA extensions TO PUBLIC');
    for (const name of subgraphs) await prepareRole(client, name, passwordOf(name, roleSecret));
  } finally {
    await client.end();
  }
}

/**
 * Roles belong to the whole server, the lock above to one database: a process that prepares another database may be
 * making or changing the same role at this moment, which PostgreSQL refuses instead of waiting.
 */
async function setPassword(client: Client, name: string, password: string): Promise<true | undefined> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name]);
  const verb = rowCount === 0 ? 'CREATE' : 'ALTER';
  try {
    await client.query(
      `${verb} ROLE ${client.escapeIdentifier(name)} LOGIN PASSWORD ${client.escapeLiteral(password)}`,
    );
    return true;
  } catch (error) {
    if (CHANGED_ELSEWHERE.has(systemCodeOf(error))) return undefined;
    throw error;
  }
}

/** The same database as seen by one role. Its password is HMAC-SHA256(secret, role): nothing has to be kept. */
export function roleUrl(adminUrl: string, role: string, roleSecret: string): string {
  const url = new URL(adminUrl);
  url.username = role;
  url.password = passwordOf(role, roleSecret);
  return url.toString();
}

function passwordOf(role: string, secret: string): string {
  return createHmac('sha256', secret).update(`database-role:${role}`).digest('hex');
}

async function prepareRole(client: Client, name: string, password: string): Promise<void> {
  const role = client.escapeIdentifier(name);
  await poll(`the role ${name}`, { timeoutMs: ROLE_MS, everyMs: 50 }, () => setPassword(client, name, password));
  await client.query(`GRANT ${role} TO CURRENT_USER`);
  await client.query(`CREATE SCHEMA IF NOT EXISTS ${role} AUTHORIZATION ${role}`);
  await client.query(`REVOKE ALL ON SCHEMA ${role} FROM PUBLIC`);
}
