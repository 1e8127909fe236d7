import type { MediaReceiver } from './media-receiver';
import type { MediaSender } from './media-sender';
import type { MeetingState } from './meeting-state';

/** The way of media that somebody has in a meeting: through a media node, or directly to the one other. */
export interface MeetingLink {
  /** What one sends. */
  readonly sender: Pick<MediaSender, 'send' | 'setPaused' | 'pauseLocally' | 'sourceOf' | 'stop'>;
  /** What one receives. */
  readonly receiver: Pick<MediaReceiver, 'receive' | 'keepOnly' | 'showTiles'>;
  /** Of the media session; null without one. */
  readonly ticket: string | null;
  /** Whether it is known to be over. */
  readonly isBroken: boolean;
  /** Asks whether it goes on; rejects when it does not. */
  probe(): Promise<void>;
  /** Goes on over other addresses. */
  restartIce(): void;
  /** What WebRTC tells of it. */
  stats(): Promise<RTCStatsReport[]>;
  /** The state with what only this link knows: the tracks of a direct call. */
  shown(state: MeetingState): MeetingState;
  close(): void;
}
