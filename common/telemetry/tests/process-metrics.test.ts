import { readPage } from '../../contracts';
import { createDatabase } from '../../database';
import { createQueues } from '../../queue';
import { closeRedis, connectRedis } from '../../redis';
import { createTestDatabase, createTestRedis, eventually, startOwnRedis } from '../../testkit';
import { metricsText, observeProcess } from '..';

/** The value of a metric's only sample with these labels; undefined when it has none. */
async function sample(name: string, labels = ''): Promise<number | undefined> {
  const line = (await metricsText()).split('\n').find((each) => each.startsWith(`${name}${labels} `));
  return line === undefined ? undefined : Number(line.split(' ')[1]);
}

test('a process tells its build and how busy its event loop is', async () => {
  observeProcess();
  expect(await metricsText()).toMatch(
    new RegExp(`terakoya_build_info\\{version="[^"]+",node="${process.version}"\\} 1`),
  );
  const busy = await sample('terakoya_event_loop_utilisation_ratio');
  expect(busy).toBeGreaterThan(0);
  expect(busy).toBeLessThanOrEqual(1);
});

test('a blocked event loop is late, and one with nothing to do is not', async () => {
  observeProcess();
  const delay = (): Promise<number | undefined> => sample('terakoya_event_loop_delay_p99_seconds');
  await eventually(async () => expect(await delay()).toBeLessThan(0.05));
  const blocking = setInterval(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300), 100);
  try {
    await eventually(async () => expect(await delay()).toBeGreaterThan(0.2), { everyMs: 1_000 });
  } finally {
    clearInterval(blocking);
  }
  await eventually(async () => expect(await delay()).toBeLessThan(0.05));
  expect(await metricsText()).not.toContain('nodejs_eventloop_lag');
});

test('Redis is up while it answers, and down within a second or so when it does not', async () => {
  const redis = await startOwnRedis();
  const connection = connectRedis(redis.url);
  try {
    await eventually(async () => expect(await sample('terakoya_redis_up')).toBe(1));
    expect(await sample('terakoya_redis_command_seconds_count')).toBeGreaterThan(0);
    expect(Math.abs((await sample('terakoya_clock_offset_seconds')) ?? Infinity)).toBeLessThan(5);
    await redis.stop();
    await eventually(async () => expect(await sample('terakoya_redis_up')).toBe(0));
  } finally {
    await closeRedis(connection);
    await redis.stop();
  }
});

test('the pool and the duration of statements', async () => {
  const test = await createTestDatabase();
  const database = createDatabase({ url: test.url, schema: 'public', entities: [], migrations: [], poolSize: 3 });
  try {
    await database.start();
    const before = (await sample('terakoya_database_query_seconds_count')) ?? 0;
    await database.manager.query('SELECT 1');
    expect(await sample('terakoya_database_query_seconds_count')).toBe(before + 1);
    expect(await sample('terakoya_database_connections', '{state="total"}')).toBeGreaterThan(0);
    expect(await sample('terakoya_database_connections', '{state="waiting"}')).toBe(0);
  } finally {
    await database.close();
    await test.drop();
  }
});

test('the age of the oldest job that waits', async () => {
  const queues = createQueues(createTestRedis());
  try {
    expect(await sample('terakoya_queue_oldest_seconds', '{queue="ocr"}')).toBe(0);
    await queues.add([{ task: readPage, jobId: 'first', payload: {}, traceparent: null }]);
    await eventually(async () =>
      expect(await sample('terakoya_queue_oldest_seconds', '{queue="ocr"}')).toBeGreaterThan(0.05),
    );
    expect(await sample('terakoya_queue_jobs', '{queue="ocr",state="waiting"}')).toBe(1);
  } finally {
    await queues.close();
  }
});
