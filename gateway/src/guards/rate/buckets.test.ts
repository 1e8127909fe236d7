import { Leases } from './leases';
import { LocalBuckets } from './local-buckets';

const limit = { name: 'user', units: 60, windowMs: 60_000 };
const take = (units: number, owner = 'u') => ({ limit, owner, units });

function clock() {
  let now = 1_000_000;
  return { now: () => now, pass: (milliseconds: number) => void (now += milliseconds) };
}

describe('buckets of one process', () => {
  test('give what they hold at once, then as it comes back, and tell how long to wait', () => {
    const time = clock();
    const buckets = new LocalBuckets(time.now);
    expect(buckets.take([take(50)])).toEqual({
      refusedBy: null,
      retryAfterMs: 0,
      buckets: [{ limit, remaining: 10, fullInMs: 50_000 }],
    });
    expect(buckets.take([take(15)])).toMatchObject({ refusedBy: limit, retryAfterMs: 5_000 });
    time.pass(4_999);
    expect(buckets.take([take(15)]).refusedBy).toBe(limit);
    time.pass(1);
    expect(buckets.take([take(15)]).refusedBy).toBeNull();
    time.pass(3_600_000);
    expect(buckets.take([take(61)]).refusedBy).toBe(limit);
    expect(buckets.take([take(60)]).refusedBy).toBeNull();
  });

  test('take from all or from none', () => {
    const buckets = new LocalBuckets(clock().now);
    buckets.take([take(60, 'empty')]);
    expect(buckets.take([take(10, 'full'), take(1, 'empty')]).refusedBy).toBe(limit);
    expect(buckets.take([take(60, 'full')]).refusedBy).toBeNull();
  });

  test('go on from what a shared bucket told', () => {
    const buckets = new LocalBuckets(clock().now);
    buckets.learn(take(0), 55_000);
    expect([buckets.take([take(6)]).refusedBy, buckets.take([take(5)]).refusedBy]).toEqual([limit, null]);
  });
});

describe('units taken in advance', () => {
  const state = { limit, remaining: 40, fullInMs: 20_000 };
  const large = { ...limit, units: 6_000 };
  const ask = (units: number) => ({ limit: large, owner: 'u', units });

  test('are no more than was spent in the same second, so that a quiet owner loses nothing', () => {
    const time = clock();
    const leases = new Leases(time.now);
    expect(leases.wanted(ask(5))).toBe(0);
    leases.hold(ask(5), 0, state);
    expect(leases.wanted(ask(5))).toBe(5);
    time.pass(1_001);
    expect(leases.wanted(ask(5))).toBe(0);
  });

  test('are at most a twentieth of the bucket', () => {
    const leases = new Leases(clock().now);
    leases.hold(ask(5_000), 0, state);
    expect(leases.wanted(ask(1))).toBe(300);
  });

  test('are spent once, and forgotten after a second', () => {
    const time = clock();
    const leases = new Leases(time.now);
    leases.hold(ask(5), 7, state);
    expect(leases.spend([ask(5)])).toEqual([{ ...state, remaining: 42 }]);
    expect(leases.spend([ask(5)])).toBeNull();
    expect(leases.spend([ask(2)])).not.toBeNull();
    leases.hold(ask(5), 7, state);
    time.pass(1_000);
    expect(leases.spend([ask(1)])).toBeNull();
  });

  test('cover a request wholly or not at all', () => {
    const leases = new Leases(clock().now);
    leases.hold(ask(5), 10, state);
    expect(leases.spend([ask(5), { ...ask(1), owner: 'nobody' }])).toBeNull();
    expect(leases.spend([ask(10)])).not.toBeNull();
  });
});
