import { randomBytes } from 'node:crypto';

import { Client } from 'pg';

import { testServers } from './config';

export interface TestDatabase {
  /** As a superuser; the database is this test file's own. */
  readonly url: string;
  /** Fails when the test left a connection open, then removes the database. */
  drop(): Promise<void>;
}

/** A new empty database in the PostgreSQL of this run. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const url = new URL(testServers().databaseUrl);
  await asAdmin((client) => client.query(`CREATE DATABASE ${name}`));
  url.pathname = `/${name}`;
  return { url: url.toString(), drop: () => drop(name) };
}

async function drop(name: string): Promise<void> {
  await asAdmin(async (client) => {
    const open = 'SELECT usename, left(query, 80) AS query FROM pg_stat_activity WHERE datname = $1';
    const { rows } = await client.query<{ usename: string; query: string }>(open, [name]);
    await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
    if (rows.length > 0) throw new Error(`The test left ${rows.length} connections open: ${JSON.stringify(rows)}`);
  });
}

async function asAdmin(work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: testServers().databaseUrl });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
