import { randomBytes } from 'node:crypto';

import { Client, DatabaseError } from 'pg';

import { testServers } from './config';
import { eventually } from './eventually';

export interface TestDatabase {
  readonly name: string;
  /** As a superuser; the database is this test file's own. */
  readonly url: string;
  /** Removes the database; fails when the test left a connection open, and names it. */
  drop(): Promise<void>;
}

const OBJECT_IN_USE = '55006';
const TEMPLATE_WAIT_MS = 20_000;
const LAST_GOODBYE_MS = 2_000;

/**
 * A new database in the PostgreSQL of this run: empty, or a copy of another test database. A template that somebody is
 * connected to, as another copy is for a moment, is waited for, at most 20 s.
 */
export async function createTestDatabase({ template }: { template?: string } = {}): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const url = new URL(testServers().databaseUrl);
  url.pathname = `/${name}`;
  await asAdmin((client) => create(client, name, template));
  return { name, url: url.toString(), drop: () => asAdmin((client) => drop(client, name)) };
}

async function create(client: Client, name: string, template: string | undefined): Promise<void> {
  const from = template === undefined ? '' : `TEMPLATE ${client.escapeIdentifier(template)}`;
  await eventually(() => client.query(`CREATE DATABASE ${name} ${from}`), {
    timeoutMs: TEMPLATE_WAIT_MS,
    isWorthAnotherTry: (error) => error instanceof DatabaseError && error.code === OBJECT_IN_USE,
  });
}

async function drop(client: Client, name: string): Promise<void> {
  try {
    // A server process outlives the connection that was closed by a moment.
    await eventually(() => refuseOpenConnections(client, name), { timeoutMs: LAST_GOODBYE_MS });
  } finally {
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  }
}

interface OpenConnection {
  readonly application_name: string;
  readonly usename: string;
  readonly state: string;
  readonly query: string;
}

async function refuseOpenConnections(client: Client, name: string): Promise<void> {
  const { rows } = await client.query<OpenConnection>(
    `SELECT application_name, usename, state, left(query, 80) AS query FROM pg_stat_activity
     WHERE datname = $1 AND backend_type = 'client backend'`,
    [name],
  );
  if (rows.length === 0) return;
  const named = rows.map((row) => `${row.application_name || row.usename} (${row.state}): ${row.query}`);
  throw new Error(`The test left ${rows.length} connections open: ${named.join('; ')}`);
}

async function asAdmin(work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: testServers().databaseUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
