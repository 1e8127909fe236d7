import type { z } from 'zod';

/**
 * Work that a domain asks of a worker. The payload is parsed when it is enqueued and again when it is run, the result
 * when it is handed back; a handler is idempotent, because a job may run more than once.
 */
export interface TaskContract<P extends z.ZodType = z.ZodType, R extends z.ZodType = z.ZodType> {
  readonly name: string;
  /** Which worker runs it. */
  readonly queue: 'notes' | 'ocr' | 'ai' | 'recording';
  /** Which subgraph asked for it and gets the outcome. */
  readonly owner: 'notes' | 'assistant' | 'meetings';
  readonly payload: P;
  readonly result: R;
  /** How often it is tried before its failure is final. */
  readonly attempts: number;
  /** How long one attempt may take, in milliseconds. */
  readonly timeoutMs: number;
}

export type TaskPayload<T> = T extends TaskContract<infer P, z.ZodType> ? z.output<P> : never;
export type TaskResult<T> = T extends TaskContract<z.ZodType, infer R> ? z.output<R> : never;

/** How a job ended, as its owner hears of it. */
export type TaskOutcome<T> =
  | { readonly status: 'succeeded'; readonly result: TaskResult<T> }
  | { readonly status: 'failed'; readonly error: { readonly code: string; readonly message: string } }
  | { readonly status: 'cancelled' };

export function defineTask<P extends z.ZodType, R extends z.ZodType>(contract: TaskContract<P, R>): TaskContract<P, R> {
  return Object.freeze(contract);
}
