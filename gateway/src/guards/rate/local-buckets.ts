import { BoundedCache } from '../../execution/bounded-cache';
import type { RateDecision, Withdrawal } from './rate-limit';

/** Buckets of one process, bounded: whoever has not been seen longest is forgotten first, and has a full bucket then. */
const MOST_BUCKETS = 50_000;

/** The generic cell rate algorithm in this process: what holds when Redis is away or there is none. */
export class LocalBuckets {
  /** When each bucket will be full again, in milliseconds since the epoch. */
  readonly #fullAt = new BoundedCache<number>(MOST_BUCKETS, Infinity);

  constructor(private readonly now: () => number = Date.now) {}

  /** Takes over how a shared bucket stands, so that this process goes on from there when it must decide by itself. */
  learn({ limit, owner }: Withdrawal, fullInMs: number): void {
    this.#fullAt.set(`${limit.name}:${owner}`, this.now() + fullInMs, 1);
  }

  take(withdrawals: readonly Withdrawal[]): RateDecision {
    const now = this.now();
    const asked = withdrawals.map((withdrawal) => {
      const { limit, owner, units } = withdrawal;
      const perUnit = limit.windowMs / limit.units;
      const key = `${limit.name}:${owner}`;
      const fullAt = Math.max(now, this.#fullAt.get(key) ?? now);
      return { limit, units, perUnit, key, fullAt, room: limit.units - (fullAt - now) / perUnit };
    });
    const passed = asked.filter(({ units, room }) => units > room);
    const states = asked.map(({ limit, units, perUnit, key, fullAt, room }) => {
      const taken = passed.length > 0 ? 0 : units;
      const next = fullAt + taken * perUnit;
      if (taken > 0) this.#fullAt.set(key, next, 1);
      return { limit, remaining: Math.max(0, Math.floor(room - taken)), fullInMs: next - now };
    });
    const waits = passed.map(({ units, room, perUnit }) => (units - room) * perUnit);
    return { refusedBy: passed[0]?.limit ?? null, retryAfterMs: Math.max(0, ...waits), buckets: states };
  }
}
