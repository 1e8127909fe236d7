import type { RedisConnection } from '../redis';
import { compareEntryIds } from './entry';

/**
 * When the oldest entry was logged that a group has not acknowledged, be it taken or not, in milliseconds since the epoch
 * by the clock of Redis; null when there is none.
 */
export async function oldestUnhandled(connection: RedisConnection, key: string, group: string): Promise<number | null> {
  const delivered = await lastDelivered(connection, key, group);
  if (delivered === null) return null;
  const taken = (await connection.xpending(key, group, '-', '+', 1)) as [string, ...unknown[]][]; // ioredis: unknown[]
  const [waiting] = await connection.xrange(key, `(${delivered}`, '+', 'COUNT', 1);
  const ids = [taken[0]?.[0], waiting?.[0]].filter((id) => id !== undefined).sort(compareEntryIds);
  return ids[0] === undefined ? null : Number(ids[0].split('-')[0]);
}

async function lastDelivered(connection: RedisConnection, key: string, group: string): Promise<string | null> {
  if ((await connection.exists(key)) === 0) return null;
  const groups = (await connection.xinfo('GROUPS', key)) as (string | number | null)[][]; // flat lists of names and values
  const found = groups.find((facts) => facts[facts.indexOf('name') + 1] === group);
  return found ? String(found[found.indexOf('last-delivered-id') + 1]) : null;
}
