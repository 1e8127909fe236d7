import { BoundedCache } from '../../execution/bounded-cache';
import type { BucketState, Withdrawal } from './rate-limit';

/** A process spends what it holds for so long; then the rest of it is forgotten. */
const LEASE_MS = 1_000;
const MOST_LEASES = 20_000;
/** Never more than this part of a bucket is held by one process. */
const LARGEST_PART = 0.05;

interface Lease {
  /** Units that were taken from the bucket and not spent yet. */
  left: number;
  /** Units spent in the present second: what is likely to be wanted again. */
  spent: number;
  /** When that second began. */
  readonly since: number;
  readonly until: number;
  readonly state: BucketState;
}

/**
 * Units that this process has taken from buckets in advance, so that a busy owner is not asked about at every request.
 * They count as spent from the beginning: never is more spent than the limit allows. No more is taken in advance than was
 * spent in the same second, so that an owner of whom little comes is asked about each time, and loses nothing.
 */
export class Leases {
  readonly #leases = new BoundedCache<Lease>(MOST_LEASES, Infinity);

  constructor(private readonly now: () => number = Date.now) {}

  /** Spends from the leases, when all of the withdrawals are covered by them; null, and nothing spent, otherwise. */
  spend(withdrawals: readonly Withdrawal[]): readonly BucketState[] | null {
    const now = this.now();
    const leases = withdrawals.map((withdrawal) => this.#leases.get(keyOf(withdrawal)));
    const isCovered = leases.every((lease, index) => {
      return lease !== undefined && lease.until > now && lease.left >= (withdrawals[index]?.units ?? 0);
    });
    if (!isCovered) return null;
    return leases.flatMap((lease, index) => {
      if (!lease) return [];
      const units = withdrawals[index]?.units ?? 0;
      lease.left -= units;
      lease.spent += units;
      return [{ ...lease.state, remaining: lease.state.remaining + Math.floor(lease.left) }];
    });
  }

  /** How much to take in advance: as much as was spent in this second, within bounds. */
  wanted(withdrawal: Withdrawal): number {
    const lease = this.#leases.get(keyOf(withdrawal));
    if (!lease || lease.since + LEASE_MS < this.now()) return 0;
    return Math.min(Math.ceil(lease.spent), Math.floor(withdrawal.limit.units * LARGEST_PART));
  }

  /** Holds what a bucket gave in advance; what was left of an older lease stays. */
  hold(withdrawal: Withdrawal, spare: number, state: BucketState): void {
    const now = this.now();
    const key = keyOf(withdrawal);
    const before = this.#leases.get(key);
    const isHeld = before !== undefined && before.until > now;
    const isSameSecond = before !== undefined && before.since + LEASE_MS >= now;
    const left = spare + (isHeld ? before.left : 0);
    const spent = withdrawal.units + (isSameSecond ? before.spent : 0);
    const since = isSameSecond ? before.since : now;
    this.#leases.set(key, { left, spent, since, until: now + LEASE_MS, state }, 1);
  }
}

function keyOf({ limit, owner }: Withdrawal): string {
  return `${limit.name}:${owner}`;
}
