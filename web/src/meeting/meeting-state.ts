import type { MeetingPartsFragment, ParticipantPartsFragment, QualityLevel } from '../generated/graphql';

export type Participant = ParticipantPartsFragment;
export type Track = Participant['tracks'][number];
export type MeetingFacts = MeetingPartsFragment;

/** Why a meeting is over for somebody. */
export type EndReason =
  /** They left. */
  | 'LEFT'
  /** A moderator put them out. */
  | 'REMOVED'
  /** A moderator turned them away. */
  | 'DENIED'
  /** It ended for everybody. */
  | 'OVER'
  /** They joined it in another window. */
  | 'ELSEWHERE'
  /** It cannot be joined: `message` says why. */
  | 'REFUSED';

export type Phase =
  | { readonly name: 'JOINING' }
  /** In the waiting room. */
  | { readonly name: 'WAITING' }
  | { readonly name: 'PRESENT' }
  /** In the meeting, while media are being got back. */
  | { readonly name: 'RECONNECTING' }
  | { readonly name: 'ENDED'; readonly reason: EndReason; readonly message: string };

/** What one sends: `isPaused` is null when nothing is sent from the source. */
export interface LocalState {
  readonly stream: MediaStream | null;
  readonly isPaused: boolean | null;
}

/** Everything a view of a meeting shows. It is replaced, never changed. */
export interface MeetingState {
  readonly phase: Phase;
  readonly meeting: MeetingFacts | null;
  readonly me: Participant | null;
  /** Who is in the meeting, oneself included, in the order in which they became known. */
  readonly participants: ReadonlyMap<string, Participant>;
  /** Who waits to be let in, as far as one may know. */
  readonly waiting: ReadonlyMap<string, Participant>;
  /** What is received, by the id of the track. */
  readonly streams: ReadonlyMap<string, MediaStream>;
  readonly speakerId: string | null;
  readonly reaction: { readonly participantId: string; readonly emoji: string; readonly at: number } | null;
  readonly local: Readonly<Record<LocalSource, LocalState>>;
  /** A moderator asks to open the microphone. */
  readonly isAskedToUnmute: boolean;
  /** Whether media go directly to the one other, as no media node can be reached. */
  readonly isDirect: boolean;
  /** How well one's own media get through; null while it is not known. */
  readonly quality: QualityLevel | null;
  /** Something that could not be done, in words. */
  readonly problem: string | null;
  /** GraphQL requests that the last join took until everything was received and sent. */
  readonly joinRequests: number | null;
}

export type LocalSource = 'MICROPHONE' | 'CAMERA' | 'SCREEN' | 'SCREEN_AUDIO';

const SILENT: LocalState = { stream: null, isPaused: null };

export const NO_MEETING: MeetingState = {
  phase: { name: 'JOINING' },
  meeting: null,
  me: null,
  participants: new Map(),
  waiting: new Map(),
  streams: new Map(),
  speakerId: null,
  reaction: null,
  local: { MICROPHONE: SILENT, CAMERA: SILENT, SCREEN: SILENT, SCREEN_AUDIO: SILENT },
  isAskedToUnmute: false,
  isDirect: false,
  quality: null,
  problem: null,
  joinRequests: null,
};
