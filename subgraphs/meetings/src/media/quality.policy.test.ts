import { levelOf } from './quality.policy';

const track = (score: number, lossShare: number) => ({ score, lossShare }) as never; // nothing else counts

test.each([
  [[], null],
  [[track(10, 0)], 'GOOD'],
  [[track(10, 0), track(7, 0)], 'FAIR'],
  [[track(10, 0.05)], 'FAIR'],
  [[track(4, 0)], 'POOR'],
  [[track(10, 0), track(10, 0.2)], 'POOR'],
])('%j is %s', (tracks, expected) => {
  expect(levelOf({ tracks })).toBe(expected);
});
