import { chmodSync } from 'node:fs';
import { createServer } from 'node:net';

import { Client } from 'pg';

import { startPostgres } from '../../local-servers';
import { createTestDatabase, temporaryFolder } from '..';

test('each test file gets a database of its own; a connection left open is found', async () => {
  const first = await createTestDatabase();
  const second = await createTestDatabase();
  const client = new Client({ connectionString: first.url });
  await client.connect();
  await client.query('CREATE TABLE only_here (n int)');
  const other = new Client({ connectionString: second.url });
  await other.connect();
  await expect(other.query('SELECT * FROM only_here')).rejects.toThrow('does not exist');
  await other.end();
  await second.drop();
  client.on('error', () => undefined);
  await expect(first.drop()).rejects.toThrow('left 1 connections open');
});

test('data survives a restart, a second server on it is refused, a taken port is named', async () => {
  const folder = temporaryFolder();
  chmodSync(folder.path, 0o755);
  const options = { dataDirectory: folder.path, port: 0, report: () => undefined };
  const server = await startPostgres(options);
  await query(server.url, 'CREATE TABLE kept AS SELECT 7 AS n');
  await expect(startPostgres(options)).rejects.toThrow('already runs on');
  await server.stop();

  const taken = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
  const address = taken.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  await expect(startPostgres({ ...options, port })).rejects.toThrow('could not start');
  taken.close();

  const again = await startPostgres(options);
  expect(await query(again.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
  await again.stop();
  folder.remove();
});

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
