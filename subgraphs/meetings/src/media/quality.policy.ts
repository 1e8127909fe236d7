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

/** The worst of what goes to and from a participant; null when nothing was measured. */
export function levelOf({ tracks }: Pick<ParticipantQuality, 'tracks'>): QualityLevel | null {
  if (tracks.length === 0) return null;
  const score = Math.min(...tracks.map((track) => track.score));
  const loss = Math.max(...tracks.map((track) => track.lossShare));
  if (score < SUFFERED || loss > SUFFERED_LOSS) return 'POOR';
  return score < NOTICED || loss > NOTICED_LOSS ? 'FAIR' : 'GOOD';
}
