import type { z } from 'zod';

/** A fact that one domain tells the others. `name` is `<domain>.<aggregate>.<past tense>`. */
export interface EventContract<P extends z.ZodType = z.ZodType> {
  readonly name: string;
  /** The domain whose event log carries it: the first part of the name. */
  readonly domain: string;
  readonly payload: P;
}

export type EventPayload<E> = E extends EventContract<infer P> ? z.output<P> : never;

export function defineEvent<P extends z.ZodType>(name: `${string}.${string}.${string}`, payload: P): EventContract<P> {
  return { name, domain: name.slice(0, name.indexOf('.')), payload };
}
