import { type Closable, withTimeout } from '@terakoya/common/lifecycle';
import { closeRedis, connectRedis } from '@terakoya/common/redis';

import { Leases } from './leases';
import { LocalBuckets } from './local-buckets';
import { ALLOWED, type RateDecision, type RateLimiter, type Withdrawal } from './rate-limit';
import { takeFromRedis } from './redis-buckets';

/** How long Redis may take before the process decides by itself. */
const REDIS_MS = 250;
/** How long it then decides by itself before it asks again. */
const PAUSE_MS = 1_000;

export interface RateLimiterOptions {
  /** Null for limits of this process alone. */
  readonly redis: { readonly url: string; readonly prefix: string } | null;
  /** Limits whose units are counted one by one at Redis, never in advance. */
  readonly exact: ReadonlySet<string>;
  /** Redis did not answer, and this process decided by itself. */
  readonly onStoreAway: () => void;
}

/** Limits that all gateways share through Redis; while it is away each process goes on from what it last knew. */
export function createRateLimiter(options: RateLimiterOptions): RateLimiter & Closable {
  const local = new LocalBuckets();
  if (!options.redis) {
    return { take: async (withdrawals) => takeLocally(local, withdrawals), close: async () => undefined };
  }
  const { url, prefix } = options.redis;
  const connection = connectRedis(url);
  const leases = new Leases();
  let pausedUntil = 0;

  const ask = async (withdrawals: readonly Withdrawal[]): Promise<RateDecision> => {
    const isExact = ({ limit }: Withdrawal): boolean => options.exact.has(limit.name);
    const asked = withdrawals.map((each) => ({ ...each, spare: isExact(each) ? 0 : leases.wanted(each) }));
    const { spare, ...decision } = await withTimeout('Redis', REDIS_MS, () => takeFromRedis(connection, prefix, asked));
    for (const [index, each] of withdrawals.entries()) {
      const state = decision.buckets[index];
      if (!state) continue;
      local.learn(each, state.fullInMs);
      if (!decision.refusedBy && !isExact(each)) leases.hold(each, spare[index] ?? 0, state);
    }
    return decision;
  };

  return {
    async take(withdrawals) {
      if (withdrawals.length === 0) return ALLOWED;
      const isLeasable = withdrawals.every(({ limit }) => !options.exact.has(limit.name));
      const spent = isLeasable ? leases.spend(withdrawals) : null;
      if (spent) return { ...ALLOWED, buckets: spent };
      if (connection.status !== 'ready' || Date.now() < pausedUntil) {
        options.onStoreAway();
        return takeLocally(local, withdrawals);
      }
      try {
        return await ask(withdrawals);
      } catch {
        pausedUntil = Date.now() + PAUSE_MS;
        options.onStoreAway();
        return takeLocally(local, withdrawals);
      }
    },
    close: () => closeRedis(connection),
  };
}

function takeLocally(local: LocalBuckets, withdrawals: readonly Withdrawal[]): RateDecision {
  return withdrawals.length === 0 ? ALLOWED : local.take(withdrawals);
}
