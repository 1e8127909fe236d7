import type { DirectSignal, DirectSource } from './direct-signal';
import type { LocalTrack } from './local-media';
import type { LocalSource } from './meeting-state';

export interface DirectPeerOptions {
  readonly configuration: RTCConfiguration;
  /** Whether one gives way when both offer at the same time: of the two clients exactly one does. */
  readonly isPolite: boolean;
  readonly tell: (signal: Pick<DirectSignal, 'description' | 'candidate' | 'sources'>) => void;
  /** What the other sends has changed: by source, with what can be played of it. */
  readonly onRemote: (sources: readonly DirectSource[], media: ReadonlyMap<LocalSource, MediaStreamTrack>) => void;
}

/** Bits per second at most, of pictures. */
const MOST: Partial<Record<LocalSource, number>> = { CAMERA: 1_500_000, SCREEN: 2_500_000 };

/** One connection to the other participant's client, negotiated as W3C's WebRTC 1.0 has it ("perfect negotiation"). */
export class DirectPeer {
  readonly #connection: RTCPeerConnection;
  readonly #sent = new Map<LocalSource, { readonly transceiver: RTCRtpTransceiver; readonly track: LocalTrack }>();
  #sources: Readonly<Record<string, DirectSource>> = {};
  #isOffering = false;
  #isIgnoring = false;
  #hearing: Promise<void> = Promise.resolve();

  constructor(private readonly options: DirectPeerOptions) {
    this.#connection = new RTCPeerConnection(options.configuration);
    this.#connection.addEventListener('negotiationneeded', () => void this.#offer());
    this.#connection.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate) options.tell({ candidate: candidate.toJSON() });
    });
    this.#connection.addEventListener('track', () => this.#show());
    this.#connection.addEventListener('connectionstatechange', () => {
      if (this.#connection.connectionState === 'failed') this.#connection.restartIce();
    });
  }

  /** Begins to send; the connection is negotiated anew by itself. */
  send(track: LocalTrack): void {
    this.stop(track.source);
    const bitrate = MOST[track.source];
    const sendEncodings = bitrate === undefined ? [] : [{ maxBitrate: bitrate }];
    const transceiver = this.#connection.addTransceiver(track.media, { direction: 'sendonly', sendEncodings });
    this.#sent.set(track.source, { transceiver, track });
  }

  stop(source: LocalSource): void {
    this.#sent.get(source)?.transceiver.stop();
    this.#sent.delete(source);
  }

  /** Tells what is paused now. */
  tellSources(): void {
    this.options.tell({ sources: this.#ownSources() });
  }

  /** Takes what the other's client told, one after the other. What cannot be used is passed over. */
  hear(signal: DirectSignal): void {
    this.#hearing = this.#hearing.then(() => this.#hear(signal)).catch(() => undefined);
  }

  restartIce(): void {
    this.#connection.restartIce();
  }

  stats(): Promise<RTCStatsReport> {
    return this.#connection.getStats();
  }

  close(): void {
    this.#connection.close();
  }

  async #offer(): Promise<void> {
    try {
      this.#isOffering = true;
      await this.#connection.setLocalDescription();
      this.#describe();
    } catch {
      // It was closed, or the other's offer came first: that one is answered.
    } finally {
      this.#isOffering = false;
    }
  }

  async #hear({ description, candidate, sources }: DirectSignal): Promise<void> {
    const connection = this.#connection;
    if (description) {
      const isCollision = description.type === 'offer' && (this.#isOffering || connection.signalingState !== 'stable');
      this.#isIgnoring = !this.options.isPolite && isCollision;
      if (this.#isIgnoring) return;
      if (sources) this.#sources = sources;
      await connection.setRemoteDescription(description);
      if (description.type === 'offer') {
        await connection.setLocalDescription();
        this.#describe();
      }
      this.#show();
    } else if (sources) {
      this.#sources = sources;
      this.#show();
    }
    if (candidate && !this.#isIgnoring) await connection.addIceCandidate(candidate);
  }

  #describe(): void {
    const description = this.#connection.localDescription?.toJSON();
    if (description) this.options.tell({ description, sources: this.#ownSources() });
  }

  #ownSources(): Record<string, DirectSource> {
    const own = [...this.#sent.values()].flatMap(({ transceiver: { mid }, track: { source, isPaused } }) =>
      mid === null ? [] : [[mid, { source, isPaused }] as const],
    );
    return Object.fromEntries(own);
  }

  #show(): void {
    const open = this.#connection.getTransceivers().filter(({ currentDirection }) => currentDirection !== 'stopped');
    const media = open.flatMap(({ mid, receiver }) => {
      const known = mid === null ? undefined : this.#sources[mid];
      return known ? [[known.source, receiver.track] as const] : [];
    });
    this.options.onRemote(Object.values(this.#sources), new Map(media));
  }
}
