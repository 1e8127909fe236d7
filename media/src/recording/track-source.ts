import type { MediaRoom, RecordedTrack } from '@terakoya/common/contracts';

/** How a track's RTP is encoded, as its SDP says it. */
export interface RtpCodec {
  /** Such as `video/VP8`. */
  readonly mimeType: string;
  readonly payloadType: number;
  readonly clockRate: number;
  readonly channels?: number;
  /** Format parameters, such as H.264's `packetization-mode`. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** A track on its way out to one UDP port of this machine; nothing is sent before `resume`. */
export interface TrackTap {
  readonly codec: RtpCodec;
  resume(): Promise<void>;
  /** Asks the sender for a key frame; does nothing for sound. */
  requestKeyFrame(): Promise<void>;
  close(): void;
}

/** Something that can be recorded: what one producer of a room sends. */
export interface TrackSource {
  readonly track: RecordedTrack;
  /** Such as `video/VP8`. */
  readonly mimeType: string;
  readonly isPaused: boolean;
  readonly isClosed: boolean;
  /** Hears of each pause, resumption and of the end; returns how to hear no more. */
  onChanged(listener: () => void): () => void;
  /** Sends the track to a port of 127.0.0.1, RTP and RTCP alike. */
  tap(port: number): Promise<TrackTap>;
}

/** A room as its recording sees it. */
export interface RecordableRoom {
  readonly id: MediaRoom;
  /** Hears of the tracks there are, of those to come, and of the room's end; returns how to hear no more. */
  watch(watcher: RoomWatcher): () => void;
}

export interface RoomWatcher {
  readonly trackAdded: (source: TrackSource) => void;
  readonly closed: () => void;
}
