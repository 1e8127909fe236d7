import { type ParticipantQuality, levelOf } from './quality.policy';

type Track = ParticipantQuality['tracks'][number];

const track = (score: number, lossShare: number, more: Partial<Track> = {}): Track =>
  ({ direction: 'RECEIVE', sourceScore: 10, score, lossShare, ...more }) as Track; // nothing else counts

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

test('what arrives badly at the node tells of its sender alone', () => {
  const sent = track(3, 0.4, { direction: 'SEND', sourceScore: 3 });
  const missed = track(2, 0.4, { sourceScore: 3 });
  expect(levelOf({ tracks: [sent, track(10, 0)] })).toBe('POOR');
  expect(levelOf({ tracks: [missed, track(10, 0)] })).toBe('GOOD');
  expect(levelOf({ tracks: [missed] })).toBeNull();
});
