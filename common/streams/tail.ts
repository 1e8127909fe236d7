import { setTimeout as delay } from 'node:timers/promises';

import type { Closable } from '../lifecycle';
import type { Logger } from '../logging';
import { connectRedis, createEpoch } from '../redis';
import { type LoggedEvent, decodeEntry } from './entry';
import { type EventLog, streamKey } from './event-log';

export interface TailOptions {
  readonly log: EventLog;
  readonly domains: readonly string[];
  /** Called for each new event in the log's order; must not throw. */
  readonly onEvent: (event: LoggedEvent) => void;
  /** Redis has lost its data: what was logged before it is gone. */
  readonly onReset: () => void;
  readonly logger: Logger;
}

export interface Tail extends Closable {
  /** For each domain the entry after which events are told. */
  readonly startedAfter: ReadonlyMap<string, string>;
}

const BLOCK_MS = 2_000;
const BATCH = 500;

/** Follows the log from now on with one blocking reader; after a broken connection it goes on where it was. */
export async function tailEvents(options: TailOptions): Promise<Tail> {
  const { log, domains } = options;
  const reader = connectRedis(log.redisUrl, { isBlocking: true });
  const epochs = createEpoch(reader, log.prefix);
  let epoch = await log.epoch(); // before the positions, so that a loss of data between is noticed
  const startedAfter = new Map<string, string>();
  for (const domain of domains) startedAfter.set(domain, await log.latestEntryId(domain));
  const positions = new Map([...startedAfter].map(([domain, id]) => [streamKey(log.prefix, domain), id]));
  let isClosed = false;

  const readOnce = async (): Promise<void> => {
    const current = await epochs.current();
    if (current !== epoch) {
      epoch = current;
      for (const key of positions.keys()) positions.set(key, '0-0');
      options.onReset();
    }
    const streams = await reader.xread(
      'COUNT',
      BATCH,
      'BLOCK',
      BLOCK_MS,
      'STREAMS',
      ...positions.keys(),
      ...positions.values(),
    );
    for (const [key, entries] of streams ?? []) {
      for (const [id, fields] of entries) {
        positions.set(key, id);
        options.onEvent(decodeEntry(id, fields, epoch));
      }
    }
  };

  const running = (async () => {
    while (!isClosed) {
      try {
        await readOnce();
      } catch (error) {
        if (isClosed) return;
        options.logger.warn({ err: error }, 'reading the event log failed; trying again');
        await delay(200);
      }
    }
  })();

  return {
    startedAfter,
    async close() {
      isClosed = true;
      reader.disconnect();
      await running;
    },
  };
}
