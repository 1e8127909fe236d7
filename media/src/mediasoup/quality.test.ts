import { sumOf } from './quality';

const stream = { bitrate: 100_000, packetsLost: 2, fractionLost: 64, jitter: 900, roundTripTime: 40 };

test('rates and losses of the streams add up, the longest delay counts, and jitter is in milliseconds', () => {
  expect(sumOf([stream, { ...stream, fractionLost: 128, jitter: 1_800, roundTripTime: 55 }], 90_000)).toEqual({
    bitrate: 200_000,
    packetsLost: 4,
    lossShare: 0.5,
    jitterMs: 20,
    roundTripMs: 55,
  });
});

test('the clock of the codec decides how long a tick is', () => {
  expect(sumOf([stream], 48_000).jitterMs).toBe(18.75);
  expect(sumOf([stream], 90_000).jitterMs).toBe(10);
});

test('what was not measured is null, and packets that came twice are none lost', () => {
  const unmeasured = { ...stream, jitter: 0, roundTripTime: 0, packetsLost: -3, fractionLost: 0 };
  const nothing = { packetsLost: 0, lossShare: 0, jitterMs: null, roundTripMs: null };
  expect(sumOf([unmeasured, { ...unmeasured, roundTripTime: undefined }], 90_000)).toEqual({
    ...nothing,
    bitrate: 200_000,
  });
  expect(sumOf([], 90_000)).toEqual({ ...nothing, bitrate: 0 });
});
