import { connectRedis } from '../redis';
import type { FaultEffect, FaultSwitches } from './fault-switches';

const MB = 1024 * 1024;
const LEAK_EVERY_MS = 100;

/** Holds on to memory at a rate, until the fault ends. */
const leak: FaultEffect<'memory-leak'> = ({ mbPerSecond }) => {
  const held: Buffer[] = [];
  const timer = setInterval(() => held.push(Buffer.alloc((mbPerSecond * MB * LEAK_EVERY_MS) / 1000, 1)), LEAK_EVERY_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
    held.length = 0;
  };
};

/** Every `Date` of the process is wrong by so many seconds; timers and durations are not, as with a real clock. */
const skew: FaultEffect<'clock-skew'> = ({ skewSeconds }) => {
  const RealDate = Date;
  const now = (): number => RealDate.now() + skewSeconds * 1000;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, given, newTarget) =>
      Reflect.construct(
        target,
        given.length === 0 ? [now()] : given,
        newTarget === target ? target : newTarget,
      ) as Date,
    apply: () => new RealDate(now()).toString(),
    get: (target, name, receiver) => (name === 'now' ? now : (Reflect.get(target, name, receiver) as unknown)),
  });
  return () => {
    globalThis.Date = RealDate;
  };
};

/** Redis takes no command of anybody, not even the one to go on: this fault cannot be ended before its time. */
const pause =
  (redisUrl: string): FaultEffect<'redis-pause'> =>
  (_parameters, seconds) => {
    const redis = connectRedis(redisUrl);
    redis.call('CLIENT', 'PAUSE', String(seconds * 1000), 'ALL').then(
      () => redis.disconnect(),
      () => redis.disconnect(),
    );
    return undefined;
  };

/** What every process can suffer. */
export function offerCommonFaults(faults: FaultSwitches, redisUrl: string | undefined): void {
  for (const kind of ['slow', 'failing', 'crash'] as const) faults.offer(kind);
  faults.offer('memory-leak', leak);
  faults.offer('clock-skew', skew);
  if (redisUrl !== undefined) faults.offer('redis-pause', pause(redisUrl));
}
