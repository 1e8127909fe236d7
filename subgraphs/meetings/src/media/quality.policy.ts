import type { MediaResponse, mediaCommands } from '@terakoya/common/contracts';

/** How a participant's media goes, as their media node has measured it. */
export type ParticipantQuality = MediaResponse<typeof mediaCommands.measureQuality>['participants'][number];
export type QualityLevel = 'GOOD' | 'FAIR' | 'POOR';

/** mediasoup's scores of tracks, 0 to 10, below which people notice, and below which they suffer. */
const NOTICED = 8;
const SUFFERED = 5;
/** Losses that Opus conceals with its error correction, and those it does not. */
const NOTICED_LOSS = 0.03;
const SUFFERED_LOSS = 0.1;

/** mediasoup's score of media of which at most 3 % is lost: the share that arrives, to the power of four, of ten. */
const WHOLE = 9;

/**
 * The worst of what goes to and from a participant; null when nothing was measured. What arrives badly at the node is
 * missed by everybody and tells of its sender's network alone.
 */
export function levelOf({ tracks }: Pick<ParticipantQuality, 'tracks'>): QualityLevel | null {
  const own = tracks.filter(({ direction, sourceScore }) => direction === 'SEND' || sourceScore >= WHOLE);
  if (own.length === 0) return null;
  const score = Math.min(...own.map((track) => track.score));
  const loss = Math.max(...own.map((track) => track.lossShare));
  if (score < SUFFERED || loss > SUFFERED_LOSS) return 'POOR';
  return score < NOTICED || loss > NOTICED_LOSS ? 'FAIR' : 'GOOD';
}
