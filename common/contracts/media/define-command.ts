import type { z } from 'zod';

/** Who commands media nodes: the subgraph, and other media nodes. */
export type MediaCaller = 'meetings' | 'media';

/**
 * One thing a media node can be told: `POST <controlUrl>/control/<name>` with the request as JSON and an identity header
 * of its caller. The answer is the response as JSON, or `{ code, message, details }` with a status of 4xx or 5xx.
 */
export interface MediaCommand<Q extends z.ZodType = z.ZodType, R extends z.ZodType = z.ZodType> {
  readonly name: string;
  /** Who alone may send it. */
  readonly caller: MediaCaller;
  readonly request: Q;
  readonly response: R;
}

export type MediaRequest<C> = C extends MediaCommand<infer Q, z.ZodType> ? z.input<Q> : never;
export type MediaResponse<C> = C extends MediaCommand<z.ZodType, infer R> ? z.output<R> : never;

export function defineCommand<Q extends z.ZodType, R extends z.ZodType>(
  name: string,
  request: Q,
  response: R,
  caller: MediaCaller = 'meetings',
): MediaCommand<Q, R> {
  return Object.freeze({ name, caller, request, response });
}
