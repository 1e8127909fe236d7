import { StreamClock } from './stream-clock';

const START = 1_700_000_000_000;

/** A cut every 3 s, each seen `delay(n)` ms after its frame came. */
function clockAfter(cuts: number, delay: (cut: number) => number): StreamClock {
  const clock = new StreamClock();
  for (let cut = 1; cut <= cuts; cut += 1) clock.observe(cut * 3_000, START + cut * 3_000 + delay(cut));
  return clock;
}

test('one observation that was not late sets right those that were', () => {
  const clock = clockAfter(10, (cut) => (cut === 4 ? 3 : 200));
  expect(clock.wallTime(30_000)).toBe(START + 30_003);
});

test('a sender whose clock is slow by 100 in a million is followed for an hour', () => {
  const clock = clockAfter(1_200, (cut) => cut * 0.3);
  expect(Math.abs(clock.wallTime(3_600_000) - (START + 3_600_360))).toBeLessThan(20);
});

test('a stream that stood still is believed at its third cut; one late cut changes nothing', () => {
  expect(clockAfter(10, (cut) => (cut === 10 ? 900 : 5)).wallTime(0)).toBe(START + 5);
  expect(clockAfter(12, (cut) => (cut >= 10 ? 60_005 : 5)).wallTime(0)).toBe(START + 60_005);
});
