import { Redis } from 'ioredis';

import { observeRedis } from './observe-redis';

export type RedisConnection = Redis;

const LONGEST_WAIT_MS = 2_000;

/**
 * A connection that reconnects by itself. `isBlocking`: for commands that wait (XREAD BLOCK, BullMQ), which must not be
 * given up while the server is away; other commands fail after a few tries.
 */
export function connectRedis(url: string, options: { readonly isBlocking?: boolean } = {}): RedisConnection {
  const connection = new Redis(url, {
    maxRetriesPerRequest: options.isBlocking ? null : 5,
    enableReadyCheck: true,
    retryStrategy: (attempt) => Math.min(attempt * 100, LONGEST_WAIT_MS),
    reconnectOnError: (error) => error.message.startsWith('LOADING'),
  });
  connection.on('error', () => undefined); // each command reports its own failure; this one would end the process
  if (!options.isBlocking) observeRedis(connection);
  return connection;
}

/** Ends a connection: in order when the server is there, else at once. */
export async function closeRedis(connection: RedisConnection): Promise<void> {
  if (connection.status === 'ready') await connection.quit().catch(() => connection.disconnect());
  else connection.disconnect();
}
