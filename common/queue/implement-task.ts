import type { z } from 'zod';

import type { TaskContract } from '../contracts';

/** What a handler knows about the run it is in. */
export interface TaskRun {
  readonly jobId: string;
  /** 1 for the first try. */
  readonly attempt: number;
  /** Aborted when the job is cancelled, its time is over, or the worker must end. */
  readonly signal: AbortSignal;
}

export interface TaskImplementation {
  readonly contract: TaskContract;
  /** Parses the payload, runs the handler, parses the result. */
  readonly run: (payload: unknown, run: TaskRun) => Promise<unknown>;
}

/** Binds a task's contract to the handler that does it. The handler is idempotent: a job may run more than once. */
export function implementTask<P extends z.ZodType, R extends z.ZodType>(
  contract: TaskContract<P, R>,
  handler: (payload: z.output<P>, run: TaskRun) => Promise<z.input<R>>,
): TaskImplementation {
  return {
    contract,
    run: async (payload, run) => contract.result.parse(await handler(contract.payload.parse(payload), run)),
  };
}
