import type { ParticipantEntity } from '../participant/participant.entity';

/** How the media of a participant go: through a media node, directly to the one other, or not at all for now. */
export type MediaMode = 'NODE' | 'DIRECT' | 'NONE';

/** Most who can call each other without a media node. */
const MOST = 2;

/** Whether those present may send their media directly: two at most, none of whom has a media node. */
export function isDirectCall(present: readonly Pick<ParticipantEntity, 'sessionId'>[]): boolean {
  return present.length <= MOST && present.every(({ sessionId }) => sessionId === null);
}
