import { v7 as uuid } from 'uuid';

import { importCompleted, summariseNotebook } from '../../contracts';
import { type Database, createDatabase } from '../../database';
import { BadInputError, UnavailableError } from '../../errors';
import { closeInReverse } from '../../lifecycle';
import { createLogger } from '../../logging';
import type { LocalRedis } from '../../local-servers';
import { OutboxMigration1764000000000, cancelJobs, consumeOnce, createRelay, enqueue, publish } from '../../outbox';
import { consumeEvents, createEventLog, onEvent } from '../../streams';
import { metricsText } from '../../telemetry';
import {
  type TestDatabase,
  createTestDatabase,
  eventually,
  prepareTestRoles,
  startOwnRedis,
  testRoleUrl,
} from '../../testkit';
import { applyOutcome, createOutcomeConsumer, createQueues, createTaskWorker, implementTask } from '..';

const logger = createLogger('test', 'silent');
const SCHEMA = 'assistant';
const RESULT = {
  language: 'en' as const,
  engine: 'test',
  summaries: { short: 's', medium: 'm', long: 'l' },
  keywords: [],
};

let testDatabase: TestDatabase;
let database: Database;
let redis: LocalRedis;
let databaseUrl = '';
let work: (attempt: number, signal: AbortSignal) => Promise<typeof RESULT>;
let opened: { close(): Promise<void> }[] = [];
let outcomes: string[] = [];

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  await prepareTestRoles(testDatabase.url, SCHEMA, 'accounts');
  databaseUrl = testRoleUrl(testDatabase.url, SCHEMA);
  redis = await startOwnRedis();
});
afterAll(async () => {
  await redis.stop();
  await testDatabase.drop();
});

beforeEach(async () => {
  outcomes = [];
  work = async () => RESULT;
  const connection = { redisUrl: redis.url, prefix: `t${uuid().slice(-8)}` };
  database = createDatabase({
    url: databaseUrl,
    schema: SCHEMA,
    entities: [],
    migrations: [OutboxMigration1764000000000],
    poolSize: 5,
  });
  await database.start();
  const eventLog = createEventLog(connection);
  const queues = createQueues(connection);
  const relay = createRelay({ databaseUrl, schema: SCHEMA, database, eventLog, queues, logger });
  const tasks = [implementTask(summariseNotebook, (_payload, run) => work(run.attempt, run.signal))];
  const worker = createTaskWorker({ ...connection, tasks, concurrency: 4, logger });
  const record = applyOutcome(summariseNotebook, async (manager, { notebookId }, outcome) => {
    outcomes.push(`${notebookId} ${outcome.status}${outcome.status === 'failed' ? ` ${outcome.error.code}` : ''}`);
    if (outcome.status === 'succeeded')
      await publish(manager, importCompleted, notebookId, { notebookId, ownerId: notebookId, importId: notebookId });
  });
  const consumer = createOutcomeConsumer({ ...connection, owner: 'assistant', database, handlers: [record], logger });
  const seen = onEvent(importCompleted, async ({ notebookId }, event) => {
    await database.transaction(async (manager) => {
      if (await consumeOnce(manager, event.id)) outcomes.push(`${notebookId} heard`);
    });
  });
  opened = [
    database,
    eventLog,
    queues,
    consumer,
    worker,
    relay,
    consumeEvents({ log: eventLog, group: 'assistant', handlers: [seen], logger }),
  ];
  await Promise.all([consumer.start(), worker.start(), relay.start()]);
});
afterEach(async () => {
  await closeInReverse(opened);
});

const ask = (count: number): Promise<string[]> =>
  database.transaction(async (manager) => {
    const ids = Array.from({ length: count }, () => uuid());
    for (const id of ids) await enqueue(manager, summariseNotebook, id, [{ notebookId: id, revision: 1, pages: [] }]);
    return ids;
  });

test('a job goes from outbox to queue to worker, its effect is applied once and its event heard once', async () => {
  const ids = await ask(20);
  await eventually(() => expect(outcomes).toHaveLength(40));
  for (const id of ids) {
    expect(outcomes.filter((line) => line.startsWith(id))).toEqual([`${id} succeeded`, `${id} heard`]);
  }
});

test('metrics tell how long the oldest message waits, and the oldest event', async () => {
  const sample = async (name: string) => {
    const line = (await metricsText()).split('\n').find((each) => each.startsWith(`${name}{`));
    return line === undefined ? undefined : Number(line.split(' ').at(-1));
  };
  await ask(1);
  await eventually(() => expect(outcomes).toHaveLength(2));
  await eventually(async () => expect(await sample('terakoya_stream_lag_seconds')).toBe(0)); // acknowledged by now
  expect(await sample('terakoya_outbox_lag_seconds')).toBe(0);
  await database.manager.query(
    `INSERT INTO outbox_message (message_id, kind, name, aggregate_id, payload, created_at)
     VALUES ($1, 'event', 'nobody.knows.it', 'a', '{}', now() - interval '1 hour')`,
    [uuid()],
  );
  expect(await sample('terakoya_outbox_lag_seconds')).toBeGreaterThanOrEqual(3_600);
  await database.manager.query("DELETE FROM outbox_message WHERE name = 'nobody.knows.it'");
  expect(await sample('terakoya_outbox_lag_seconds')).toBe(0);
});

test('a transient failure is tried again, a permanent one is final at once', async () => {
  let calls = 0;
  work = async (attempt) => {
    calls += 1;
    if (attempt === 1) throw new UnavailableError('just now');
    return RESULT;
  };
  const [retried = ''] = await ask(1);
  await eventually(() => expect(outcomes).toContain(`${retried} succeeded`));
  expect(calls).toBe(2);

  calls = 0;
  work = async () => {
    calls += 1;
    throw new BadInputError('pages', 'are wrong');
  };
  const [failed = ''] = await ask(1);
  await eventually(() => expect(outcomes).toContain(`${failed} failed BAD_USER_INPUT`));
  expect(calls).toBe(1);
});

test('cancelling stops a running job and leaves no outcome', async () => {
  const aborted = Promise.withResolvers<void>();
  const began = Promise.withResolvers<void>();
  work = (_attempt, signal) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        aborted.resolve();
        reject(signal.reason);
      });
      began.resolve();
    });
  const [id = ''] = await ask(1);
  await began.promise;
  await database.transaction((manager) => cancelJobs(manager, id));
  await aborted.promise;
  work = async () => RESULT;
  const [next = ''] = await ask(1);
  await eventually(() => expect(outcomes).toContain(`${next} succeeded`));
  expect(outcomes.filter((line) => line.startsWith(id))).toEqual([]);
});

test('a Redis that is killed and comes back empty loses no job', async () => {
  const gate = Promise.withResolvers<void>();
  work = async () => {
    await gate.promise;
    return RESULT;
  };
  const ids = await ask(10);
  const { port } = redis;
  await redis.kill();
  redis = await startOwnRedis(port);
  gate.resolve();
  await eventually(
    () => {
      for (const id of ids) expect(outcomes.filter((line) => line === `${id} succeeded`)).toHaveLength(1);
      for (const id of ids) expect(outcomes.filter((line) => line === `${id} heard`)).toHaveLength(1);
    },
    { timeoutMs: 25_000 },
  );
});

test("a role cannot read another's tables", async () => {
  const other = createDatabase({
    url: testRoleUrl(testDatabase.url, 'accounts'),
    schema: 'accounts',
    entities: [],
    migrations: [],
    poolSize: 2,
  });
  await other.start();
  await expect(other.manager.query(`SELECT * FROM ${SCHEMA}.outbox_message`)).rejects.toThrow('permission denied');
  await other.close();
});
