import { statSync } from 'node:fs';
import { join } from 'node:path';

import { type RedisConnection, connectRedis } from '../../redis';
import { temporaryFolder } from '../../testkit';
import { startRedis } from '..';
import { withOccupiedPort } from './occupied-port';

const report = (): void => undefined;
const folder = temporaryFolder();
afterAll(() => folder.remove());

async function ask<T>(url: string, question: (redis: RedisConnection) => Promise<T>): Promise<T> {
  const redis = connectRedis(url);
  try {
    return await question(redis);
  } finally {
    redis.disconnect();
  }
}

test('data and password survive a restart; a second server on them is refused', async () => {
  const dataDirectory = join(folder.path, 'kept');
  const first = await startRedis({ dataDirectory, port: 0, report });
  await ask(first.url, (redis) => redis.set('kept', '7'));
  await expect(startRedis({ dataDirectory, port: 0, report })).rejects.toThrow(
    /^Redis \(process \d+\) already runs on/,
  );
  await first.stop();
  const again = await startRedis({ dataDirectory, port: first.port, report });
  expect(again.url).toBe(first.url);
  expect(await ask(again.url, (redis) => redis.get('kept'))).toBe('7');
  await again.kill();
  const afterCrash = await startRedis({ dataDirectory, port: 0, report });
  expect(await ask(afterCrash.url, (redis) => redis.get('kept'))).toBe('7');
  await afterCrash.stop();
  expect(statSync(join(dataDirectory, 'password')).mode & 0o777).toBe(0o600);
});

test('of two that start on the same data at once one runs', async () => {
  const dataDirectory = join(folder.path, 'shared');
  const starts = await Promise.allSettled([1, 2].map(() => startRedis({ dataDirectory, port: 0, report })));
  expect(starts.map((start) => start.status).sort()).toEqual(['fulfilled', 'rejected']);
  for (const start of starts) if (start.status === 'fulfilled') await start.value.stop();
});

test('it wants its password, evicts nothing, and listens on loopback', async () => {
  const server = await startRedis({ port: 0, report });
  const config = (name: string) => ask(server.url, (redis) => redis.config('GET', name));
  expect(await config('maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction']);
  expect(await config('bind')).toEqual(['bind', '127.0.0.1']);
  const withoutPassword = `redis://127.0.0.1:${server.port}`;
  await expect(ask(withoutPassword, (redis) => redis.get('anything'))).rejects.toThrow('NOAUTH');
  const [, directory = ''] = await ask(server.url, (redis) => redis.config('GET', 'dir') as Promise<string[]>);
  await server.stop();
  expect(statSync(directory, { throwIfNoEntry: false })).toBeUndefined();
});

test('a taken port is named, with the variable that changes it', async () => {
  await withOccupiedPort((port) =>
    expect(startRedis({ port, report })).rejects.toThrow(
      `Port ${port} of Redis is taken: set REDIS_PORT to another port or stop the program that uses it.`,
    ),
  );
});
