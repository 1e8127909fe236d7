import { runFuzz } from './run-fuzz';

jest.setTimeout(120_000);

/** A tenth of what `npm run verify:fuzz` tries, with another seed. */
test('fifteen hundred malformed requests, frames and documents break nothing', async () => {
  const { cases, wrong, hung, crash, said, heapMb } = await runFuzz(1_500, 7);
  expect({ cases, wrong, hung, crash }).toEqual({ cases: 1_500, wrong: [], hung: 0, crash: null });
  for (const what of [
    'HTTP 200',
    'HTTP 400',
    'HTTP 413',
    'BAD_USER_INPUT',
    'LIMIT_EXCEEDED',
    'UNAUTHENTICATED',
    'close 4400',
  ]) {
    expect(said[what] ?? 0).toBeGreaterThan(0);
  }
  expect(heapMb.end - heapMb.middle).toBeLessThan(100); // the caches of plans are not full yet
});
