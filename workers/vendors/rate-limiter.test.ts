import { createRateLimiter } from './rate-limiter';

const forever = new AbortController().signal;

it('lets no more in at the same time than allowed, in order', async () => {
  const limiter = createRateLimiter({ concurrency: 2, perWindow: 100, patienceMs: 1_000 });
  const order: number[] = [];
  const turns = [1, 2, 3, 4].map(async (number) => {
    const leave = await limiter.enter(forever);
    order.push(number);
    return leave;
  });
  const [first, second] = await Promise.all(turns.slice(0, 2));
  expect(order).toEqual([1, 2]);
  first?.();
  first?.();
  (await turns[2])?.();
  (await turns[3])?.();
  expect(order).toEqual([1, 2, 3, 4]);
  second?.();
});

it('begins no more in a window than allowed', async () => {
  const limiter = createRateLimiter({ concurrency: 10, perWindow: 2, windowMs: 150, patienceMs: 1_000 });
  const started = Date.now();
  const times = await Promise.all(
    [1, 2, 3].map(async () => {
      (await limiter.enter(forever))();
      return Date.now() - started;
    }),
  );
  expect(times[1]).toBeLessThan(100);
  expect(times[2]).toBeGreaterThanOrEqual(145);
});

it('says RATE_LIMITED when the turn does not come in time, and leaves the queue intact', async () => {
  const limiter = createRateLimiter({ concurrency: 1, perWindow: 100, patienceMs: 50 });
  const leave = await limiter.enter(forever);
  await expect(limiter.enter(forever)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  const next = limiter.enter(forever);
  leave();
  (await next)();
});

it('refuses at once when a pause is longer than our patience', async () => {
  const limiter = createRateLimiter({ concurrency: 1, perWindow: 100, patienceMs: 1_000 });
  limiter.pause(30_000);
  await expect(limiter.enter(forever)).rejects.toMatchObject({ details: { retryAfterSeconds: 30 } });
});

it('gives the turn of who aborts to the next', async () => {
  const limiter = createRateLimiter({ concurrency: 1, perWindow: 100, patienceMs: 1_000 });
  const leave = await limiter.enter(forever);
  const controller = new AbortController();
  const aborted = limiter.enter(controller.signal);
  const next = limiter.enter(forever);
  controller.abort(new Error('no more'));
  await expect(aborted).rejects.toThrow('no more');
  leave();
  (await next)();
});
