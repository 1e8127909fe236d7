import { Queue } from 'bullmq';

import type { TaskContract } from '../contracts';
import { connectRedis } from '../redis';
import { gauge, whenCollected } from '../telemetry';
import { TASK_QUEUES, cancelChannel, queuePrefix } from './names';

export interface NewJob {
  readonly task: TaskContract;
  readonly jobId: string;
  readonly payload: unknown;
  readonly traceparent: string | null;
}

/** The sending side of the task queues. */
export interface Queues {
  /** Adds jobs; a job id that is already there is not added twice. */
  add(jobs: readonly NewJob[]): Promise<void>;
  /** Removes a waiting job, and tells a running one to stop. */
  cancel(task: TaskContract, jobId: string): Promise<void>;
  /** Whether the queue still knows the job, in whatever state. */
  has(task: TaskContract, jobId: string): Promise<boolean>;
  close(): Promise<void>;
}

/** Longest pause before a failed attempt is tried again is `attempts` doublings of this, ± 30 %. */
const KEEP_COMPLETED = { age: 3600, count: 2_000 };
const KEEP_FAILED = { age: 7 * 24 * 3600, count: 5_000 };

export function createQueues(options: { readonly redisUrl: string; readonly prefix: string }): Queues {
  const connection = connectRedis(options.redisUrl);
  const prefix = queuePrefix(options.prefix);
  const queues = new Map(TASK_QUEUES.map((name) => [name, new Queue(name, { connection, prefix })]));
  for (const queue of queues.values()) queue.on('error', () => undefined); // each call reports its own failure
  watchDepth(queues);
  const queueOf = (task: TaskContract): Queue => {
    const queue = queues.get(task.queue);
    if (!queue) throw new RangeError(`There is no queue ${task.queue}.`);
    return queue;
  };
  return {
    async add(jobs) {
      for (const [queue, group] of Map.groupBy(jobs, ({ task }) => queueOf(task))) {
        await queue.addBulk(group.map(bulkJob));
      }
    },
    async cancel(task, jobId) {
      await queueOf(task).remove(jobId);
      await connection.publish(cancelChannel(options.prefix), jobId);
    },
    async has(task, jobId) {
      return (await queueOf(task).getJob(jobId)) !== undefined;
    },
    async close() {
      await Promise.all([...queues.values()].map((queue) => queue.close()));
      connection.disconnect();
    },
  };
}

function bulkJob({ task, jobId, payload, traceparent }: NewJob) {
  return {
    name: task.name,
    data: { payload, traceparent, enqueuedAt: Date.now() },
    opts: {
      jobId,
      attempts: task.attempts,
      backoff: { type: 'jittered' },
      removeOnComplete: KEEP_COMPLETED,
      removeOnFail: KEEP_FAILED,
    },
  };
}

/** Asked when metrics are collected, not on a timer. */
function watchDepth(queues: ReadonlyMap<string, Queue>): void {
  const depth = gauge('terakoya_queue_jobs', 'Jobs in a queue by state.', ['queue', 'state']);
  const oldest = gauge('terakoya_queue_oldest_seconds', 'Age of the oldest job that waits in a queue.', ['queue']);
  const each = (ask: (name: string, queue: Queue) => Promise<void>) => async (): Promise<void> =>
    void (await Promise.all([...queues].map(([name, queue]) => ask(name, queue))));
  whenCollected(
    depth,
    each(async (name, queue) => {
      const counts = await queue.getJobCounts('waiting', 'active', 'delayed', 'failed');
      for (const [state, count] of Object.entries(counts)) depth.set({ queue: name, state }, count);
    }),
  );
  whenCollected(
    oldest,
    each(async (name, queue) => {
      const [job] = await queue.getJobs(['waiting'], 0, 0, true);
      oldest.set({ queue: name }, job ? Math.max(0, (Date.now() - job.timestamp) / 1000) : 0);
    }),
  );
}
