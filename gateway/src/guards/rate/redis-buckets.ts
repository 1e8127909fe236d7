import { createHash } from 'node:crypto';

import type { RedisConnection } from '@terakoya/common/redis';

import type { RateDecision, Withdrawal } from './rate-limit';

/**
 * The generic cell rate algorithm for several buckets at once: all withdrawals fit, or nothing is taken. A bucket is one
 * key, the time at which it is full again; Redis' own clock counts. `spare` is taken too when there is plenty (at most
 * a tenth of what is left), for the caller to spend without asking again.
 *
 * ARGV for each key: milliseconds of one unit, units of a full bucket, units asked for, spare units wanted.
 * Reply: 1 or 0, then for each key: units left, milliseconds until it is full, spare units, milliseconds to wait.
 */
const SCRIPT = `
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local fits, full, room = 1, {}, {}
for i, key in ipairs(KEYS) do
  local per, size, units = tonumber(ARGV[i*4-3]), tonumber(ARGV[i*4-2]), tonumber(ARGV[i*4-1])
  full[i] = math.max(now, tonumber(redis.call('GET', key) or now))
  room[i] = size - (full[i] - now) / per
  if units > room[i] then fits = 0 end
end
local reply = { fits }
for i, key in ipairs(KEYS) do
  local per, units, spare, wait = tonumber(ARGV[i*4-3]), tonumber(ARGV[i*4-1]), 0, 0
  if fits == 1 then
    spare = math.min(tonumber(ARGV[i*4]), math.floor(math.max(0, room[i] - units) / 10))
    full[i] = full[i] + (units + spare) * per
    redis.call('SET', key, string.format('%.3f', full[i]), 'PX', math.ceil(full[i] - now) + 1)
    room[i] = room[i] - units - spare
  elseif units > room[i] then
    wait = math.ceil((units - room[i]) * per)
  end
  reply[#reply+1] = math.floor(math.max(0, room[i]))
  reply[#reply+1] = math.ceil(full[i] - now)
  reply[#reply+1] = spare
  reply[#reply+1] = wait
end
return reply`;
const SCRIPT_SHA = createHash('sha1').update(SCRIPT).digest('hex');

export interface SharedDecision extends RateDecision {
  /** Units of each bucket that were taken beyond those asked for. */
  readonly spare: readonly number[];
}

/** A withdrawal with the spare units that the caller would like besides. */
export interface SharedWithdrawal extends Withdrawal {
  readonly spare: number;
}

/** Takes from buckets in Redis, with one round trip. Throws what the connection throws. */
export async function takeFromRedis(
  connection: RedisConnection,
  prefix: string,
  withdrawals: readonly SharedWithdrawal[],
): Promise<SharedDecision> {
  const keys = withdrawals.map(({ limit, owner }) => `${prefix}:rate:${limit.name}:${owner}`);
  const given = withdrawals.flatMap(({ limit, units, spare }) => [
    limit.windowMs / limit.units,
    limit.units,
    units,
    spare,
  ]);
  const [fits, ...facts] = await evaluate(connection, keys, given);
  const rows = withdrawals.map(({ limit }, index) => {
    const [remaining = 0, fullInMs = 0, spare = 0, wait = 0] = facts.slice(index * 4, index * 4 + 4);
    return { limit, remaining, fullInMs, spare, wait };
  });
  return {
    refusedBy: fits === 1 ? null : (rows.find(({ wait }) => wait > 0)?.limit ?? null),
    retryAfterMs: Math.max(0, ...rows.map(({ wait }) => wait)),
    buckets: rows.map(({ limit, remaining, fullInMs }) => ({ limit, remaining, fullInMs })),
    spare: rows.map(({ spare }) => spare),
  };
}

async function evaluate(connection: RedisConnection, keys: string[], given: number[]): Promise<readonly number[]> {
  try {
    return (await connection.evalsha(SCRIPT_SHA, keys.length, ...keys, ...given)) as number[]; // the script replies so
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
    return (await connection.eval(SCRIPT, keys.length, ...keys, ...given)) as number[]; // the script replies so
  }
}
