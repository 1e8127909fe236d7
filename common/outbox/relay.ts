import { setTimeout as delay } from 'node:timers/promises';

import type { Database } from '../database';
import type { Closable } from '../lifecycle';
import type { Logger } from '../logging';
import type { Queues } from '../queue';
import type { EventLog } from '../streams';
import { gauge, whenCollected } from '../telemetry';
import { dispatchBatch } from './dispatch';
import { openLeadership } from './leadership';
import { recoverLostJobs, recoverLostRedis, removeOld } from './recovery';

export interface RelayOptions {
  /** The role's own URL: the relay listens on a connection of its own. */
  readonly databaseUrl: string;
  readonly schema: string;
  readonly database: Database;
  readonly eventLog: EventLog;
  readonly queues: Queues;
  readonly logger: Logger;
}

export interface Relay extends Closable {
  start(): Promise<void>;
}

const SWEEP_MS = 1_000;
const RECOVERY_MS = 5_000;

const lag = gauge('terakoya_outbox_lag_seconds', 'Age of the oldest message that is not dispatched.', ['schema']);

/**
 * Carries committed outbox rows to the event log and the queues, at least once and in order of insertion. Woken by
 * NOTIFY, and by a sweep in case a notification was lost. Of several processes on one schema only one dispatches.
 */
export function createRelay(options: RelayOptions): Relay {
  watchLag(options);
  const stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();
  whenCollected(lag, async () => lag.set({ schema: options.schema }, await lagOf(options)));
  return {
    async start() {
      running = run(options, stopping.signal);
    },
    async close() {
      stopping.abort();
      await running;
    },
  };
}

async function lagOf({ database }: RelayOptions): Promise<number> {
  const [row] = await database.manager.query<{ seconds: number }[]>(
    `SELECT coalesce(extract(epoch FROM clock_timestamp() - min(created_at)), 0)::float8 AS seconds
     FROM outbox_message WHERE dispatched_at IS NULL`,
  );
  return Math.max(0, row?.seconds ?? 0);
}

async function run(options: RelayOptions, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const leadership = await openLeadership(options.databaseUrl, options.schema, signal);
      try {
        await lead(options, leadership, signal);
      } finally {
        await leadership.close();
      }
    } catch (error) {
      if (signal.aborted) return;
      options.logger.warn({ err: error }, 'the outbox relay lost a connection; trying again');
      await delay(500, undefined, { signal }).catch(() => undefined);
    }
  }
}

async function lead(
  options: RelayOptions,
  leadership: { wait(milliseconds: number): Promise<void>; failed(): Error | undefined },
  signal: AbortSignal,
): Promise<void> {
  let recoveredAt = 0;
  while (!signal.aborted) {
    const failure = leadership.failed();
    if (failure) throw failure;
    await recoverLostRedis(options);
    while ((await dispatchBatch(options)) > 0 && !signal.aborted);
    if (Date.now() - recoveredAt > RECOVERY_MS) {
      recoveredAt = Date.now();
      await recoverLostJobs(options);
      await removeOld(options);
    }
    await leadership.wait(SWEEP_MS);
  }
}

/** The age is asked of the database when metrics are scraped; while it is away, the last one stays. */
function watchLag({ database, schema }: RelayOptions): void {
  const ask = async (): Promise<number> => {
    const [oldest] = await database.manager.query<{ seconds: number }[]>(
      `SELECT coalesce(extract(epoch FROM now() - min(created_at)), 0)::float8 AS seconds
       FROM outbox_message WHERE dispatched_at IS NULL`,
    );
    return Math.max(0, oldest?.seconds ?? 0);
  };
  whenCollected(lag, async () => lag.set({ schema }, await ask()));
}
