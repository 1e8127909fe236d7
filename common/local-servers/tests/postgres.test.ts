import { chmodSync, existsSync, readFileSync, readdirSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { temporaryFolder } from '../../testkit';
import { removeLocalData, startPostgres } from '..';
import { withOccupiedPort } from './occupied-port';
import { query } from './query';

const report = (): void => undefined;
const folders: { remove(): void }[] = [];
afterAll(() => folders.forEach((folder) => folder.remove()));

function newFolder(mode = 0o755): string {
  const folder = temporaryFolder();
  folders.push(folder);
  chmodSync(folder.path, mode);
  return folder.path;
}

test('data and password survive a restart; a second server on them is refused and named', async () => {
  const dataDirectory = newFolder();
  const first = await startPostgres({ dataDirectory, port: 0, report });
  await query(first.url, 'CREATE TABLE kept AS SELECT 7 AS n');
  await expect(startPostgres({ dataDirectory, port: 0, report })).rejects.toThrow(
    /^PostgreSQL \(process \d+\) already runs on .* or set TERAKOYA_DATA to another folder\.$/,
  );
  expect(() => removeLocalData({ postgres: dataDirectory, redis: newFolder() })).toThrow('already runs');
  expect(await query(first.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
  await first.stop();

  const again = await startPostgres({ dataDirectory, port: first.port, report });
  expect(again.url).toBe(first.url);
  expect(await query(again.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
  await again.stop();
  expect(statSync(join(dataDirectory, 'password')).mode & 0o777).toBe(0o600);
});

test('a server that was killed is recovered; so is a record whose process id another program has', async () => {
  const dataDirectory = newFolder();
  const said: string[] = [];
  const server = await startPostgres({ dataDirectory, port: 0, report: (line) => void said.push(line) });
  await query(server.url, 'CREATE TABLE kept AS SELECT 7 AS n');
  const record = join(dataDirectory, 'cluster', 'postmaster.pid');
  process.kill(Number(readFileSync(record, 'utf8').split('\n', 1)[0]), 'SIGKILL');

  const recovered = await startPostgres({ dataDirectory, port: 0, report });
  expect(await query(recovered.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
  expect(said.at(-1)).toMatch(/^PostgreSQL ended by itself \(SIGKILL\)/);
  const lines = readFileSync(record, 'utf8').split('\n');
  await recovered.kill();

  writeFileSync(record, [String(process.ppid), ...lines.slice(1)].join('\n'));
  const again = await startPostgres({ dataDirectory, port: 0, report });
  expect(await query(again.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
  await again.stop();
});

test('of two that make the same data at once one runs, and the other one is told', async () => {
  const dataDirectory = newFolder();
  const starts = await Promise.allSettled([1, 2].map(() => startPostgres({ dataDirectory, port: 0, report })));
  const [running] = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
  const [refused] = starts.flatMap((start) => (start.status === 'rejected' ? [String(start.reason)] : []));
  expect(refused).toContain('already runs on');
  expect(await query(running?.url ?? '', 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
  await running?.stop();
  expect(readdirSync(dataDirectory).sort()).toEqual(['cluster', 'password']);
});

test('a taken port is named, with the variable that changes it', async () => {
  const dataDirectory = newFolder();
  await withOccupiedPort((port) =>
    expect(startPostgres({ dataDirectory, port, report })).rejects.toThrow(
      `Port ${port} of PostgreSQL is taken: set POSTGRES_PORT to another port or stop the program that uses it.`,
    ),
  );
});

test('it listens on loopback, wants its password, and knows Japanese letters from punctuation', async () => {
  const dataDirectory = newFolder();
  const server = await startPostgres({ dataDirectory, port: 0, isEphemeral: true, report });
  const wrong = new URL(server.url);
  wrong.password = 'wrong';
  await expect(query(wrong.toString(), 'SELECT 1')).rejects.toThrow('password authentication failed');
  const settings = `SELECT current_setting('listen_addresses') AS host, current_setting('max_connections') AS most`;
  expect(await query(server.url, settings)).toEqual([{ host: '127.0.0.1', most: '400' }]);
  await query(server.url, 'CREATE EXTENSION pg_trgm');
  expect(await query(server.url, `SELECT similarity('東京の学校', '東京の学校') AS same`)).toEqual([{ same: 1 }]);
  await server.stop();
  expect(existsSync(dataDirectory)).toBe(false);
});

const asRoot = process.getuid?.() === 0 ? test : test.skip;

asRoot('root may keep the data where the user postgres cannot enter', async () => {
  const dataDirectory = join(newFolder(0o700), 'postgres');
  const server = await startPostgres({ dataDirectory, port: 0, report });
  const cluster = realpathSync(join(dataDirectory, 'cluster'));
  expect(cluster).toMatch(/^\/var\/lib\/terakoya\/postgres-/);
  await query(server.url, 'CREATE TABLE kept AS SELECT 7 AS n');
  await server.stop();
  const again = await startPostgres({ dataDirectory, port: 0, report });
  expect(await query(again.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
  await again.stop();
  removeLocalData({ postgres: dataDirectory, redis: newFolder() });
  expect([existsSync(cluster), existsSync(dataDirectory)]).toEqual([false, false]);
});
