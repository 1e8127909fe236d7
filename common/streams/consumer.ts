import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';

import type { z } from 'zod';

import type { EventContract } from '../contracts';
import { classifyError, messageOf } from '../errors';
import type { Closable } from '../lifecycle';
import type { Logger } from '../logging';
import { type RedisConnection, connectRedis } from '../redis';
import { counter, gauge, whenCollected, withSpan } from '../telemetry';
import { type LoggedEvent, decodeEntry } from './entry';
import { type EventLog, streamKey } from './event-log';

export interface EventHandler {
  readonly contract: EventContract;
  readonly handle: (payload: unknown, event: LoggedEvent) => Promise<void>;
}

/** Binds a contract to what is done when its event comes; the payload is parsed before. */
export function onEvent<P extends z.ZodType>(
  contract: EventContract<P>,
  handle: (payload: z.output<P>, event: LoggedEvent) => Promise<void>,
): EventHandler {
  return { contract, handle: (payload, event) => handle(contract.payload.parse(payload), event) };
}

export interface ConsumerOptions {
  readonly log: EventLog;
  /** Who consumes: each group sees every event once, however many processes it has. */
  readonly group: string;
  readonly handlers: readonly EventHandler[];
  readonly logger: Logger;
}

const BLOCK_MS = 2_000;
const BATCH = 100;
const CLAIM_AFTER_MS = 10_000;
const TRIES = 5;

/**
 * Consumes events durably: an event is acknowledged when its handler has resolved, and comes again when the process
 * dies before. Transient failures are tried again with back-off; an event that fails for good goes to the stream
 * `<prefix>:dead-events` and is counted, and those behind it go on.
 */
export function consumeEvents(options: ConsumerOptions): Closable {
  const domains = [...new Set(options.handlers.map(({ contract }) => contract.domain))];
  const stopping = new AbortController();
  watchLag(options, domains);
  const running = domains.map((domain) => followDomain(domain, options, stopping.signal));
  return {
    async close() {
      stopping.abort();
      await Promise.all(running);
    },
  };
}

function watchLag({ log, group }: ConsumerOptions, domains: readonly string[]): void {
  const lag = gauge('terakoya_stream_lag_seconds', 'Age of the oldest event that a group has not handled.', ['group']);
  whenCollected(lag, async () => {
    const oldest = await Promise.all(domains.map((domain) => log.oldestUnhandled(domain, group)));
    const since = Math.min(...oldest.map((time) => time ?? Infinity));
    lag.set({ group }, since === Infinity ? 0 : Math.max(0, (Date.now() - since) / 1000));
  });
}

async function followDomain(domain: string, options: ConsumerOptions, signal: AbortSignal): Promise<void> {
  const connection = connectRedis(options.log.redisUrl, { isBlocking: true });
  signal.addEventListener('abort', () => connection.disconnect(), { once: true });
  const key = streamKey(options.log.prefix, domain);
  const reader = { connection, key, group: options.group, name: `${hostname()}-${process.pid}` };
  let claimedAt = 0;
  while (!signal.aborted) {
    try {
      if (Date.now() - claimedAt > CLAIM_AFTER_MS) {
        claimedAt = Date.now();
        await handleAll(await claim(reader), reader, options, signal);
      }
      await handleAll(await readNew(reader), reader, options, signal);
    } catch (error) {
      if (signal.aborted) return;
      if (messageOf(error).includes('NOGROUP')) await createGroup(reader).catch(() => undefined);
      else options.logger.warn({ err: error, domain }, 'consuming events failed; trying again');
      claimedAt = 0;
      await delay(100, undefined, { signal }).catch(() => undefined);
    }
  }
}

interface Reader {
  readonly connection: RedisConnection;
  readonly key: string;
  readonly group: string;
  readonly name: string;
}

type Entries = readonly (readonly [id: string, fields: string[] | null])[];

async function createGroup({ connection, key, group }: Reader): Promise<void> {
  await connection.xgroup('CREATE', key, group, '0', 'MKSTREAM');
}

async function readNew({ connection, key, group, name }: Reader): Promise<Entries> {
  const streams = (await connection.xreadgroup(
    'GROUP',
    group,
    name,
    'COUNT',
    BATCH,
    'BLOCK',
    BLOCK_MS,
    'STREAMS',
    key,
    '>',
  )) as [string, [string, string[]][]][] | null; // ioredis types the reply as unknown
  return streams?.[0]?.[1] ?? [];
}

/** Entries that a consumer took and never acknowledged: it died, or its handler failed for a while. */
async function claim({ connection, key, group, name }: Reader): Promise<Entries> {
  const reply = (await connection.xautoclaim(key, group, name, CLAIM_AFTER_MS, '0', 'COUNT', BATCH)) as [
    string,
    [string, string[] | null][],
  ]; // ioredis types the reply as unknown
  return reply[1];
}

async function handleAll(
  entries: Entries,
  reader: Reader,
  options: ConsumerOptions,
  signal: AbortSignal,
): Promise<void> {
  for (const [id, fields] of entries) {
    if (signal.aborted) return;
    if (fields) await handleOne(decodeEntry(id, fields, ''), options, reader, signal);
    await reader.connection.xack(reader.key, reader.group, id);
  }
}

async function handleOne(
  event: LoggedEvent,
  options: ConsumerOptions,
  reader: Reader,
  signal: AbortSignal,
): Promise<void> {
  const handler = options.handlers.find(({ contract }) => contract.name === event.name);
  if (!handler) return;
  const consumed = counter('terakoya_events_consumed_total', 'Events consumed by name and outcome.', [
    'event',
    'outcome',
  ]);
  for (let attempt = 1; ; attempt += 1) {
    try {
      const attributes = {
        'messaging.system': 'redis',
        'messaging.operation.type': 'process',
        'messaging.destination.name': reader.key,
        'messaging.consumer.group.name': reader.group,
        'messaging.message.id': event.id,
        'terakoya.wait_ms': Math.max(0, Date.now() - event.occurredAt),
      };
      const span = { kind: 'consumer', traceparent: event.traceparent, attributes } as const;
      await withSpan(`consume ${event.name}`, span, () => handler.handle(event.payload, event));
      consumed.inc({ event: event.name, outcome: 'applied' });
      return;
    } catch (error) {
      const failure = classifyError(error);
      const isFinal = failure === 'permanent' || (failure === 'unexpected' && attempt >= TRIES);
      options.logger.error(
        { err: error, eventId: event.id, event: event.name, attempt, isFinal },
        'an event handler failed',
      );
      if (isFinal) {
        consumed.inc({ event: event.name, outcome: 'dead' });
        await reader.connection.xadd(
          `${options.log.prefix}:dead-events`,
          'MAXLEN',
          '~',
          10_000,
          '*',
          'group',
          reader.group,
          'e',
          JSON.stringify(event),
        );
        return;
      }
      await delay(Math.min(100 * 2 ** attempt, 5_000), undefined, { signal });
    }
  }
}
