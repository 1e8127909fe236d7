import { type Job, Worker } from 'bullmq';
import type { z } from 'zod';

import type { TaskContract, TaskOutcome } from '../contracts';
import type { Database, EntityManager } from '../database';
import type { Logger } from '../logging';
import { settle } from '../outbox';
import { connectRedis } from '../redis';
import { counter, withSpan } from '../telemetry';
import { outcomeQueue, queuePrefix } from './names';
import { outcomeMessageSchema, type StoredOutcome } from './outcome';
import { backOff } from './task-worker';

export interface OutcomeHandler {
  readonly contract: TaskContract;
  readonly handle: (manager: EntityManager, payload: unknown, outcome: StoredOutcome) => Promise<void>;
}

/** Binds a task's contract to what its owner does with the outcome; payload and result are parsed before. */
export function applyOutcome<P extends z.ZodType, R extends z.ZodType>(
  contract: TaskContract<P, R>,
  handle: (manager: EntityManager, payload: z.output<P>, outcome: TaskOutcome<TaskContract<P, R>>) => Promise<void>,
): OutcomeHandler {
  return {
    contract,
    handle: (manager, payload, outcome) => {
      const parsed =
        outcome.status === 'succeeded' ? { ...outcome, result: contract.result.parse(outcome.result) } : outcome;
      return handle(manager, contract.payload.parse(payload), parsed as TaskOutcome<TaskContract<P, R>>); // parsed just above
    },
  };
}

export interface OutcomeConsumerOptions {
  readonly owner: TaskContract['owner'];
  readonly redisUrl: string;
  readonly prefix: string;
  readonly database: Database;
  readonly handlers: readonly OutcomeHandler[];
  readonly concurrency?: number;
  readonly logger: Logger;
}

const applied = counter('terakoya_job_outcomes_total', 'Outcomes by task, status and whether they were new.', [
  'task',
  'status',
  'fresh',
]);

/**
 * Applies the outcomes of an owner's jobs, each exactly once: the job is settled and its effect written in one
 * transaction, and an outcome that comes again finds the job settled.
 */
export function createOutcomeConsumer(options: OutcomeConsumerOptions): {
  start(): Promise<void>;
  close(): Promise<void>;
} {
  const connection = connectRedis(options.redisUrl, { isBlocking: true });
  const worker = new Worker(outcomeQueue(options.owner), (job) => apply(job, options), {
    connection,
    prefix: queuePrefix(options.prefix),
    autorun: false,
    concurrency: options.concurrency ?? 4,
    lockDuration: 15_000,
    stalledInterval: 5_000,
    maxStalledCount: 1_000,
    settings: { backoffStrategy: backOff },
  });
  worker.on('error', (error) =>
    options.logger.warn({ err: error }, 'the outcome queue cannot be reached; trying again'),
  );
  worker.on('failed', (job, error) =>
    options.logger.error({ err: error, jobId: job?.id }, 'an outcome could not be applied'),
  );
  return {
    async start() {
      worker.run().catch((error: unknown) => options.logger.error({ err: error }, 'the outcome consumer ended'));
    },
    async close() {
      await worker.close();
      connection.disconnect();
    },
  };
}

async function apply(job: Job<unknown>, options: OutcomeConsumerOptions): Promise<void> {
  const { jobId, payload, outcome, traceparent } = outcomeMessageSchema.parse(job.data);
  const handler = options.handlers.find(({ contract }) => contract.name === job.name);
  if (!handler) throw new RangeError(`No handler for the outcome of ${job.name}.`);
  const attributes = {
    'messaging.system': 'bullmq',
    'messaging.operation.type': 'process',
    'messaging.destination.name': outcomeQueue(options.owner),
    'messaging.message.id': jobId,
    'terakoya.wait_ms': Math.max(0, Date.now() - job.timestamp),
  };
  await withSpan(`apply ${job.name}`, { kind: 'consumer', traceparent, attributes }, async () => {
    const isFresh = await options.database.transaction(async (manager) => {
      if (!(await settle(manager, jobId))) return false;
      await handler.handle(manager, payload, outcome);
      return true;
    });
    applied.inc({ task: job.name, status: outcome.status, fresh: String(isFresh) });
  });
}
