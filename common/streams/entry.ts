import { z } from 'zod';

/** An event as it is written to the log. */
export interface NewEvent {
  /** Unique; consumers remember it to apply an event once. */
  readonly id: string;
  readonly name: string;
  readonly domain: string;
  readonly aggregateId: string;
  readonly payload: unknown;
  readonly traceparent: string | null;
  /** When it became true, in milliseconds since the epoch. */
  readonly occurredAt: number;
  /** Written again after Redis lost its data: durable consumers drop it when they know it, live ones always. */
  readonly isReplayed: boolean;
}

/** An event as it is read from the log; `cursor` is its place, `entryId` the Redis Stream id. */
export interface LoggedEvent extends NewEvent {
  readonly entryId: string;
  readonly cursor: string;
}

const entrySchema = z.object({
  id: z.string(),
  name: z.string(),
  domain: z.string(),
  aggregateId: z.string(),
  payload: z.unknown(),
  traceparent: z.string().nullable(),
  occurredAt: z.number(),
  isReplayed: z.boolean(),
});

export function encodeEntry(event: NewEvent): string {
  return JSON.stringify(event);
}

/** The event of a stream entry whose only field is `e`. */
export function decodeEntry(entryId: string, fields: readonly string[], epoch: string): LoggedEvent {
  const event = entrySchema.parse(JSON.parse(fields[1] ?? ''));
  return { ...event, payload: event.payload, entryId, cursor: `${epoch}.${entryId}` };
}

/** Orders two stream ids (`<milliseconds>-<sequence>`): negative when `a` is earlier. */
export function compareEntryIds(a: string, b: string): number {
  const [aTime = 0, aSequence = 0] = a.split('-').map(Number);
  const [bTime = 0, bSequence = 0] = b.split('-').map(Number);
  return aTime - bTime || aSequence - bSequence;
}
