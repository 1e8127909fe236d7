import type { RecordedSegment } from '@terakoya/common/contracts';

import { tracksOf } from './timeline';

const BEGAN = 1_764_000_000_000;

function segment(trackId: string, index: number, startMs: number, durationMs = 3_000): RecordedSegment {
  const facts = { participantId: 'p', source: 'MICROPHONE', kind: 'audio', contentType: 'audio/x-matroska' } as const;
  return { ...facts, trackId, index, key: `${trackId}/${index}`, startedAt: BEGAN + startMs, durationMs, size: 1 };
}

const startsOf = (segments: readonly RecordedSegment[]): number[] =>
  tracksOf(segments).flatMap((track) => track.segments.map(({ startedAt }) => startedAt - BEGAN));

test('segments come by track and in their order, the track that began first first', () => {
  const given = [segment('b', 1, 4_000), segment('a', 0, 2_000), segment('b', 0, 1_000), segment('a', 1, 5_000)];
  const tracks = tracksOf(given);
  expect(tracks.map(({ trackId, segments }) => [trackId, segments.map(({ index }) => index)])).toEqual([
    ['b', [0, 1]],
    ['a', [0, 1]],
  ]);
  expect(tracksOf([])).toEqual([]);
});

test('what was seen late is put where it ends as the next one begins, and no sound is cut off', () => {
  expect(startsOf([segment('a', 0, 200), segment('a', 1, 3_150), segment('a', 2, 6_000)])).toEqual([0, 3_000, 6_000]);
});

test('an overlap longer than a segment does not change the order', () => {
  expect(startsOf([segment('a', 0, 1_000, 100), segment('a', 1, 900)])).toEqual([800, 900]);
});

test('gaps stay: a pause, and a clock that drifts', () => {
  const given = [segment('a', 0, 0), segment('a', 1, 3_004), segment('a', 2, 60_000)];
  expect(startsOf(given)).toEqual([0, 3_004, 60_000]);
});
