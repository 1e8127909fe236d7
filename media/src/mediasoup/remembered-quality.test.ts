import type { types } from 'mediasoup';

import type { TrackQuality } from './quality';
import { remembered } from './remembered-quality';

const perfect = { score: 10, producerScore: 10, spatialLayer: 2, isPaused: false };
const quality: TrackQuality = {
  id: 'consumer',
  producerId: 'producer',
  direction: 'RECEIVE',
  kind: 'video',
  score: 10,
  sourceScore: 10,
  bitrate: 600_000,
  packetsLost: 0,
  lossShare: 0,
  jitterMs: 3,
  roundTripMs: 20,
  spatialLayer: 2,
};

/** A track; `ask` tells whether it was measured anew at that second. */
function createTrack() {
  const track = {} as types.Consumer; // only its identity counts
  return async (second: number, state = perfect, found = quality): Promise<boolean> => {
    let isMeasured = false;
    const measure = async (): Promise<TrackQuality> => ((isMeasured = true), found);
    await remembered(track, state, measure, second * 1_000);
    return isMeasured;
  };
}

test('a track that has begun is measured every time, one that goes on well every 15 s', async () => {
  const ask = createTrack();
  const asked = [];
  for (let second = 0; second <= 50; second += 5) if (await ask(second)) asked.push(second);
  expect(asked).toEqual([0, 5, 10, 15, 30, 45]);
});

test.each([
  ['its score', { ...perfect, score: 9 }],
  ['how it arrives', { ...perfect, producerScore: 0 }],
  ['its layer', { ...perfect, spatialLayer: 1 }],
  ['whether it flows', { ...perfect, isPaused: true }],
])('a track is measured again when %s has changed', async (_what, changed) => {
  const ask = createTrack();
  for (const second of [0, 15]) await ask(second);
  expect(await ask(20)).toBe(false);
  expect(await ask(21, changed)).toBe(true);
});

test('a track with a loss is measured every time', async () => {
  const ask = createTrack();
  for (const second of [0, 15, 16]) expect(await ask(second, perfect, { ...quality, lossShare: 0.02 })).toBe(true);
  expect(await ask(17)).toBe(true);
  expect(await ask(18)).toBe(false);
});
