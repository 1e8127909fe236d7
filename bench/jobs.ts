import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Queue, Worker } from 'bullmq';
import { v7 as uuid } from 'uuid';

import { importCompleted, summariseNotebook } from '../common/contracts';
import { createDatabase, prepareDatabase, roleUrl } from '../common/database';
import { closeInReverse } from '../common/lifecycle';
import { startPostgres, startRedis } from '../common/local-servers';
import { createLogger } from '../common/logging';
import { OutboxMigration1764000000000, createRelay, enqueue, publish } from '../common/outbox';
import { applyOutcome, createOutcomeConsumer, createQueues, createTaskWorker, implementTask } from '../common/queue';
import { consumeEvents, createEventLog, onEvent } from '../common/streams';
import { median } from './statistics';

const RESULT = {
  language: 'en' as const,
  engine: 'bench',
  summaries: { short: '', medium: '', long: '' },
  keywords: [],
};
const CONCURRENCY = 8;

/** Jobs a second: ours from the transaction that asks to the event that tells of the effect; BullMQ from add to done. */
export async function benchJobs(
  isSmoke: boolean,
  report: (line: string) => void,
): Promise<{ ours: number; bullmq: number }> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'terakoya-bench-jobs-'));
  chmodSync(dataDirectory, 0o755);
  const quiet = (): void => undefined;
  const [postgres, redis] = await Promise.all([
    startPostgres({ dataDirectory, port: 0, report: quiet }),
    startRedis({ port: 0, report: quiet }),
  ]);
  const count = isSmoke ? 100 : 1_000;
  const ours: number[] = [];
  const bullmq: number[] = [];
  try {
    for (let run = 0; run < (isSmoke ? 1 : 4); run += 1) {
      ours.push(await timeOurs(postgres.url, redis.url, count));
      bullmq.push(await timeBullmq(redis.url, count));
      report(`${count} jobs: ours ${Math.round(ours.at(-1) ?? 0)}/s, BullMQ alone ${Math.round(bullmq.at(-1) ?? 0)}/s`);
    }
  } finally {
    await Promise.all([postgres.stop(), redis.stop()]);
    rmSync(dataDirectory, { recursive: true, force: true });
  }
  return { ours: median(ours.slice(isSmoke ? 0 : 1)), bullmq: median(bullmq.slice(isSmoke ? 0 : 1)) };
}

async function timeOurs(adminUrl: string, redisUrl: string, count: number): Promise<number> {
  const logger = createLogger('bench', 'error');
  const redis = { redisUrl, prefix: `bench-${uuid()}` };
  await prepareDatabase({ adminUrl, subgraphs: ['assistant'], roleSecret: 'bench' });
  const databaseUrl = roleUrl(adminUrl, 'assistant', 'bench');
  const migrations = [OutboxMigration1764000000000];
  const database = createDatabase({ url: databaseUrl, schema: 'assistant', entities: [], migrations, poolSize: 10 });
  await database.start();
  const eventLog = createEventLog(redis);
  const queues = createQueues(redis);
  const relay = createRelay({ databaseUrl, schema: 'assistant', database, eventLog, queues, logger });
  const tasks = [implementTask(summariseNotebook, async () => RESULT)];
  const worker = createTaskWorker({ ...redis, tasks, concurrency: CONCURRENCY, logger });
  const effect = applyOutcome(summariseNotebook, async (manager, { notebookId }) => {
    await publish(manager, importCompleted, notebookId, { notebookId, ownerId: notebookId, importId: notebookId });
  });
  const outcomes = createOutcomeConsumer({
    ...redis,
    owner: 'assistant',
    database,
    handlers: [effect],
    concurrency: CONCURRENCY,
    logger,
  });
  const done = Promise.withResolvers<void>();
  let heard = 0;
  const listener = onEvent(importCompleted, async () => {
    heard += 1;
    if (heard === count) done.resolve();
  });
  const events = consumeEvents({ log: eventLog, group: 'bench', handlers: [listener], logger });
  await Promise.all([relay.start(), worker.start(), outcomes.start()]);
  const began = performance.now();
  for (let asked = 0; asked < count; asked += 50) {
    const payloads = Array.from({ length: Math.min(50, count - asked) }, () => ({
      notebookId: uuid(),
      revision: 1,
      pages: [],
    }));
    await database.transaction(async (manager) => void (await enqueue(manager, summariseNotebook, uuid(), payloads)));
  }
  await done.promise;
  const seconds = (performance.now() - began) / 1000;
  await closeInReverse([database, eventLog, queues, relay, worker, outcomes, events]);
  return count / seconds;
}

async function timeBullmq(redisUrl: string, count: number): Promise<number> {
  const { hostname: host, port, password } = new URL(redisUrl);
  const connection = { host, port: Number(port), password: decodeURIComponent(password), maxRetriesPerRequest: null };
  const queue = new Queue(`bench-${uuid()}`, { connection });
  const done = Promise.withResolvers<void>();
  let finished = 0;
  const worker = new Worker(queue.name, async () => RESULT, { connection, concurrency: CONCURRENCY });
  worker.on('completed', () => {
    finished += 1;
    if (finished === count) done.resolve();
  });
  await worker.waitUntilReady();
  const began = performance.now();
  for (let asked = 0; asked < count; asked += 50) {
    const size = Math.min(50, count - asked);
    await queue.addBulk(
      Array.from({ length: size }, () => ({ name: 'job', data: { notebookId: uuid(), revision: 1, pages: [] } })),
    );
  }
  await done.promise;
  const seconds = (performance.now() - began) / 1000;
  await worker.close();
  await queue.obliterate({ force: true });
  await queue.close();
  return count / seconds;
}
