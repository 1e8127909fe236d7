import { BadInputError, SchoolError } from '../errors';
import { type RedisConnection, connectRedis, createEpoch } from '../redis';
import { oldestUnhandled } from './oldest-unhandled';
import { type LoggedEvent, type NewEvent, compareEntryIds, decodeEntry, encodeEntry } from './entry';

/** About so many events are kept in each domain's stream. */
const KEPT_EVENTS = 100_000;
const BATCH = 500;
/** How long an event is recognised when it is appended again, in seconds. */
const KNOWN_SECONDS = 3_600;

/**
 * Appends an event unless it was before: a writer that hears nothing of it, because a connection or Redis itself broke,
 * sends it again, and readers that go on from a cursor could not tell. KEYS: stream, mark of the event.
 */
const APPEND_ONCE = `
if redis.call('SET', KEYS[2], 1, 'NX', 'EX', ARGV[1]) then
  redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[2], '*', 'e', ARGV[3])
end`;

/** The event log: one Redis Stream per domain, in the order the relays wrote it. */
export interface EventLog {
  /** Names the present life of the data in Redis. */
  epoch(): Promise<string>;
  /** Writes events in this order; one that was written in the last hour is not written again. */
  append(events: readonly NewEvent[]): Promise<void>;
  /** The id of the newest entry of a domain; `0-0` when there is none. */
  latestEntryId(domain: string): Promise<string>;
  /**
   * Every kept event after `cursor`, in order, in batches. CURSOR_EXPIRED when events after it are no longer kept or
   * Redis has lost its data since; BAD_USER_INPUT when it is no cursor.
   */
  replay(domain: string, cursor: string, onBatch: (events: readonly LoggedEvent[]) => void): Promise<void>;
  /** Every kept event of a domain that was logged since then (milliseconds since the epoch), in order, in batches. */
  readSince(domain: string, since: number, onBatch: (events: readonly LoggedEvent[]) => void): Promise<void>;
  /** When the oldest kept event was logged that a group has not acknowledged (milliseconds); null when it has all. */
  oldestUnhandled(domain: string, group: string): Promise<number | null>;
  ready(): Promise<void>;
  close(): Promise<void>;
  readonly prefix: string;
  readonly redisUrl: string;
}

export function streamKey(prefix: string, domain: string): string {
  return `${prefix}:events:${domain}`;
}

export function createEventLog(options: { readonly redisUrl: string; readonly prefix: string }): EventLog {
  const connection = connectRedis(options.redisUrl);
  const epoch = createEpoch(connection, options.prefix);
  const keyOf = (domain: string): string => streamKey(options.prefix, domain);
  return {
    ...options,
    epoch: () => epoch.current(),
    async append(events) {
      const pipeline = connection.pipeline();
      for (const event of events) {
        const keys = [keyOf(event.domain), `${options.prefix}:appended:${event.id}`];
        pipeline.eval(APPEND_ONCE, 2, ...keys, KNOWN_SECONDS, KEPT_EVENTS, encodeEntry(event));
      }
      const replies = (await pipeline.exec()) ?? [];
      const failure = replies.find(([error]) => error !== null)?.[0];
      if (failure) throw failure;
    },
    async latestEntryId(domain) {
      const [newest] = await connection.xrevrange(keyOf(domain), '+', '-', 'COUNT', 1);
      return newest?.[0] ?? '0-0';
    },
    async replay(domain, cursor, onBatch) {
      await replayAfter(connection, keyOf(domain), cursor, await epoch.current(), onBatch);
    },
    async readSince(domain, since, onBatch) {
      await readAfter(connection, keyOf(domain), `${since}-0`, await epoch.current(), onBatch);
    },
    oldestUnhandled: (domain, group) => oldestUnhandled(connection, keyOf(domain), group),
    ready: async () => void (await connection.ping()),
    close: async () => void (await connection.quit().catch(() => connection.disconnect())),
  };
}

async function replayAfter(
  connection: RedisConnection,
  key: string,
  cursor: string,
  epoch: string,
  onBatch: (events: readonly LoggedEvent[]) => void,
): Promise<void> {
  const [cursorEpoch = '', entryId = ''] = cursor.split('.');
  if (!/^\d+-\d+$/.test(entryId)) throw new BadInputError('after', 'is not a cursor of this subscription');
  if (cursorEpoch !== epoch) throw cursorExpired();
  const [oldest] = await connection.xrange(key, '-', '+', 'COUNT', 1);
  const isKept = oldest === undefined || compareEntryIds(oldest[0], entryId) <= 0;
  if (!isKept && (await hasForgotten(connection, key))) throw cursorExpired();
  await readAfter(connection, key, entryId, epoch, onBatch);
}

async function readAfter(
  connection: RedisConnection,
  key: string,
  entryId: string,
  epoch: string,
  onBatch: (events: readonly LoggedEvent[]) => void,
): Promise<void> {
  let last = entryId;
  for (;;) {
    const entries = await connection.xrange(key, `(${last}`, '+', 'COUNT', BATCH);
    if (entries.length > 0) onBatch(entries.map(([id, fields]) => decodeEntry(id, fields, epoch)));
    last = entries.at(-1)?.[0] ?? last;
    if (entries.length < BATCH) return;
  }
}

/** Entries are only ever trimmed from the old end: when any was, those right after an older cursor may be among them. */
async function hasForgotten(connection: RedisConnection, key: string): Promise<boolean> {
  const info = (await connection.xinfo('STREAM', key)) as (string | number)[]; // a flat list of names and values
  return Number(info[info.indexOf('entries-added') + 1]) > Number(info[info.indexOf('length') + 1]);
}

function cursorExpired(): SchoolError {
  return new SchoolError(
    'CURSOR_EXPIRED',
    'The events after this cursor are no longer kept: load the present state and subscribe without `after`.',
  );
}
