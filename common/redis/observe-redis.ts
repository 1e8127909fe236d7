import { gauge, histogram, whenCollected } from '../telemetry';
import type { RedisConnection } from './connection';

/** A connection that answers no PING for so long counts as down. */
const PING_MS = 500;
const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1];

const duration = histogram('terakoya_redis_command_seconds', 'How long Redis took to answer that PING.', [], SECONDS);
const open = new Set<RedisConnection>();

/** Metrics of the Redis that this process uses, by one of its connections; asked when they are collected. */
export function observeRedis(connection: RedisConnection): void {
  open.add(connection);
  connection.once('end', () => open.delete(connection));
  // Made only now: of a process that needs no Redis they would say that it is down.
  const isUp = gauge('terakoya_redis_up', 'Whether Redis answered a PING when it was asked for this: 1 or 0.');
  const offset = gauge('terakoya_clock_offset_seconds', 'The clock of this process minus that of Redis.');
  whenCollected(isUp, () => ask(isUp, offset));
}

interface Settable {
  set(value: number): void;
}

async function ask(isUp: Settable, offset: Settable): Promise<void> {
  const [connection] = open;
  if (!connection) return;
  try {
    await within(PING_MS, connection, async () => {
      const ended = duration.startTimer({});
      await connection.ping();
      ended();
      const asked = Date.now();
      const [seconds, microseconds] = await connection.time();
      offset.set((asked + Date.now()) / 2000 - (Number(seconds) + Number(microseconds) / 1e6));
    });
    isUp.set(1);
  } catch {
    isUp.set(0);
  }
}

/** A connection that is not there would let commands wait for it to come back. */
async function within(milliseconds: number, { status }: RedisConnection, work: () => Promise<void>): Promise<void> {
  if (status !== 'ready') throw new Error(`the connection is ${status}`);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no answer')), milliseconds);
  });
  await Promise.race([work(), late]).finally(() => clearTimeout(timer));
}
