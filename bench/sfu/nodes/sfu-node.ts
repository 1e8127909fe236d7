import type { RtpParameters } from '../../../common/contracts';
import type { BenchProcess } from '../../gateway/bench-process';
import type { TrackKind } from '../tracks';

/** One end of a plain transport; `srtp` is what it encrypts with, null where nothing is encrypted. */
export interface PlainEnd {
  readonly ip: string;
  readonly port: number;
  readonly srtp: SrtpKey | null;
}

export interface SrtpKey {
  readonly cryptoSuite: 'AEAD_AES_256_GCM' | 'AEAD_AES_128_GCM' | 'AES_CM_128_HMAC_SHA1_80' | 'AES_CM_128_HMAC_SHA1_32';
  readonly keyBase64: string;
}

export interface ConsumedTrack {
  readonly kind: TrackKind;
  readonly rtpParameters: RtpParameters;
}

/** What is measured: our media node or bare mediasoup, a process with one worker on one core. */
export interface SfuNode {
  readonly name: 'ours' | 'bare';
  readonly process: BenchProcess;
  openRoom(): Promise<SfuRoom>;
  stop(): Promise<void>;
}

export interface SfuRoom {
  enter(): Promise<SfuPeer>;
  /** What is asked of a node while a meeting runs, every few seconds. */
  lookAfter(): Promise<void>;
  close(): Promise<void>;
}

/** A participant in the room, as the node knows it. */
export interface SfuPeer {
  /** Opens its transport to send through; the node learns where it sends from by the first packet. */
  openToSend(): Promise<PlainEnd>;
  /** Opens its transport to receive through. */
  openToReceive(end: PlainEnd): Promise<PlainEnd>;
  /** Announces a track that it sends; gives the producer's id. */
  produce(
    kind: TrackKind,
    source: 'MICROPHONE' | 'CAMERA' | 'SCREEN_AUDIO',
    parameters: RtpParameters,
  ): Promise<string>;
  /** Takes others' tracks, which flow from then on. */
  consume(producerIds: readonly string[]): Promise<readonly ConsumedTrack[]>;
}
