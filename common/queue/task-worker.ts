import { type Job, Queue, UnrecoverableError, Worker } from 'bullmq';

import { SchoolError, classifyError, isSchoolError, messageOf } from '../errors';
import { dieByFault, faults } from '../faults';
import { withTimeout } from '../lifecycle';
import type { Logger } from '../logging';
import { connectRedis } from '../redis';
import { counter, histogram, tracedCounter, withSpan, withTraceparent } from '../telemetry';
import type { TaskImplementation } from './implement-task';
import { cancelChannel, outcomeQueue, queuePrefix } from './names';
import type { StoredOutcome } from './outcome';

export interface TaskWorkerOptions {
  readonly redisUrl: string;
  readonly prefix: string;
  /** All of one queue. */
  readonly tasks: readonly TaskImplementation[];
  /** How many jobs run at the same time in this process. */
  readonly concurrency: number;
  readonly logger: Logger;
}

interface JobData {
  readonly payload: unknown;
  readonly traceparent: string | null;
  readonly enqueuedAt: number;
}

/** A job whose worker died is taken over after about this long. */
const LOCK_MS = 6_000;
const STALLED_CHECK_MS = 2_500;
const MOST_STALLS = 20;
const FIRST_BACK_OFF_MS = 300;
const LONGEST_BACK_OFF_MS = 30_000;
const DRAIN_MS = 10_000;

const waited = histogram('terakoya_job_wait_seconds', 'Time a job waited in its queue.', ['task']);
const ran = histogram('terakoya_job_run_seconds', 'Time one attempt of a job took.', ['task', 'outcome']);
const retried = counter('terakoya_job_retries_total', 'Attempts that failed and are tried again.', ['task', 'failure']);
const redelivered = tracedCounter(
  'terakoya_job_redeliveries_total',
  'Jobs that came once more because their worker died or lost its lock.',
  ['task'],
);
const dead = counter('terakoya_job_dead_letters_total', 'Jobs that failed for good.', ['task', 'code']);

/** Takes jobs of one queue and hands every outcome back to the owner before the job counts as done. */
export function createTaskWorker(options: TaskWorkerOptions): { start(): Promise<void>; close(): Promise<void> } {
  const [first] = options.tasks;
  if (!first) throw new TypeError('A worker needs at least one task.');
  for (const { contract } of options.tasks) redelivered.inc({ task: contract.name }, 0);
  const prefix = queuePrefix(options.prefix);
  const connection = connectRedis(options.redisUrl, { isBlocking: true });
  const subscriber = connectRedis(options.redisUrl, { isBlocking: true });
  const outcomes = new Queue(outcomeQueue(first.contract.owner), { connection, prefix });
  const running = new Map<string, AbortController>();

  const process = (job: Job<JobData>): Promise<void> => runJob(job, { options, outcomes, running });
  const worker = new Worker<JobData>(first.contract.queue, process, {
    connection,
    prefix,
    autorun: false,
    concurrency: options.concurrency,
    lockDuration: LOCK_MS,
    stalledInterval: STALLED_CHECK_MS,
    maxStalledCount: MOST_STALLS,
    settings: { backoffStrategy: backOff },
  });
  worker.on('error', (error) => options.logger.warn({ err: error }, 'the queue cannot be reached; trying again'));
  offerStall(worker);
  outcomes.on('error', () => undefined); // each call reports its own failure

  return {
    async start() {
      subscriber.on('message', (_channel, jobId: string) => running.get(jobId)?.abort(cancelled()));
      await subscriber.subscribe(cancelChannel(options.prefix));
      worker.run().catch((error: unknown) => options.logger.error({ err: error }, 'the worker ended'));
    },
    async close() {
      const forced = setTimeout(() => {
        for (const controller of running.values()) controller.abort(new SchoolError('UNAVAILABLE', 'The worker ends.'));
      }, DRAIN_MS);
      await worker.close();
      clearTimeout(forced);
      await outcomes.close();
      subscriber.disconnect();
      connection.disconnect();
    },
  };
}

function offerStall(worker: Worker): void {
  faults.offer('queue-stall', () => {
    void worker.pause(true);
    return () => void worker.resume();
  });
}

interface RunContext {
  readonly options: TaskWorkerOptions;
  readonly outcomes: Queue;
  readonly running: Map<string, AbortController>;
}

async function runJob(job: Job<JobData>, { options, outcomes, running }: RunContext): Promise<void> {
  const task = options.tasks.find(({ contract }) => contract.name === job.name);
  if (!task) throw new UnrecoverableError(`No handler for the task ${job.name}.`);
  const jobId = job.id ?? '';
  const controller = new AbortController();
  running.set(jobId, controller);
  const waitMs = Date.now() - job.timestamp;
  // In the job's trace, so that a long wait leads there.
  withTraceparent(job.data.traceparent, () => waited.observe({ task: job.name }, waitMs / 1000));
  if (job.stalledCounter > 0) {
    withTraceparent(job.data.traceparent, () => redelivered.inc({ task: job.name }));
  }
  const attributes = {
    'messaging.system': 'bullmq',
    'messaging.operation.type': 'process',
    'messaging.destination.name': task.contract.queue,
    'messaging.message.id': jobId,
    'terakoya.wait_ms': waitMs,
    'terakoya.attempt': job.attemptsMade + 1,
    // A worker died with it, or lost its lock: the job is here once more.
    'terakoya.redelivered': job.stalledCounter > 0,
  };
  try {
    await withSpan(`run ${job.name}`, { kind: 'consumer', traceparent: job.data.traceparent, attributes }, async () => {
      dieByFault();
      const outcome = await attempt(job, task, controller, options);
      if (outcome) await handBack(outcomes, job, outcome);
      if (outcome?.status === 'failed') throw new UnrecoverableError(`${outcome.error.code}: ${outcome.error.message}`);
    });
  } finally {
    running.delete(jobId);
  }
}

/** One attempt: an outcome to hand back, or an error to be tried again. */
async function attempt(
  job: Job<JobData>,
  { contract, run }: TaskImplementation,
  controller: AbortController,
  { logger }: TaskWorkerOptions,
): Promise<StoredOutcome | undefined> {
  const ended = ran.startTimer({ task: contract.name });
  const number = job.attemptsMade + 1;
  try {
    const result = await withTimeout(`The task ${contract.name}`, contract.timeoutMs, (timeout) => {
      const signal = AbortSignal.any([timeout, controller.signal]);
      return run(job.data.payload, { jobId: job.id ?? '', attempt: number, signal });
    });
    ended({ outcome: 'succeeded' });
    return { status: 'succeeded', result };
  } catch (error) {
    if (controller.signal.reason instanceof SchoolError && controller.signal.reason.code === 'CANCELLED') {
      ended({ outcome: 'cancelled' });
      return { status: 'cancelled' };
    }
    ended({ outcome: 'failed' });
    const failure = classifyError(error);
    logger.warn({ err: error, jobId: job.id, task: contract.name, attempt: number, failure }, 'a job attempt failed');
    if (failure !== 'permanent' && number < contract.attempts) {
      retried.inc({ task: contract.name, failure });
      throw error;
    }
    const known = isSchoolError(error)
      ? error
      : new SchoolError('INTERNAL_SERVER_ERROR', 'Something failed inside.', { cause: error });
    dead.inc({ task: contract.name, code: known.code });
    return { status: 'failed', error: { code: known.code, message: messageOf(known) } };
  }
}

/** The outcome's id is the job's: handed back twice, it is there once. */
async function handBack(outcomes: Queue, job: Job<JobData>, outcome: StoredOutcome): Promise<void> {
  const { traceparent, payload } = job.data;
  await outcomes.add(
    job.name,
    { jobId: job.id, payload, outcome, traceparent },
    {
      jobId: `outcome-${job.id ?? ''}`,
      attempts: 1_000,
      backoff: { type: 'jittered' },
      removeOnComplete: true,
      removeOnFail: false,
    },
  );
}

/** Exponential back-off with jitter (± 30 %), in milliseconds. */
export function backOff(attemptsMade: number): number {
  const full = Math.min(FIRST_BACK_OFF_MS * 2 ** (attemptsMade - 1), LONGEST_BACK_OFF_MS);
  return Math.round(full * (0.7 + Math.random() * 0.6));
}

function cancelled(): SchoolError {
  return new SchoolError('CANCELLED', 'The job was cancelled.');
}
