import { backOffMs } from './back-off';

test('tries are soon at first, then rarer, and never more than ten in ten seconds', () => {
  const quickest = Array.from({ length: 20 }, (_, index) => backOffMs(index + 1, () => 0));
  expect(quickest.slice(0, 3)).toEqual([187.5, 375, 750]);
  expect(Math.max(...quickest)).toBeLessThanOrEqual(8_000);
  const times = quickest.reduce<number[]>((all, wait) => [...all, (all.at(-1) ?? 0) + wait], [0]);
  for (const start of times) {
    expect(times.filter((time) => time >= start && time < start + 10_000).length).toBeLessThanOrEqual(10);
  }
});
