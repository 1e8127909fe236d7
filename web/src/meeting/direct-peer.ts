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
  /** Something is to be sent or received, and there has been no connection for so long: something told was lost. */
  readonly onStuck: () => void;
}

/** How long there may be no connection; the polite one waits longer, so that not both begin anew at the same time. */
const STUCK_MS = { impolite: 10_000, polite: 20_000 } as const;
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
  /** Candidates of a description that is being made: they are told after it. */
  readonly #early: RTCIceCandidateInit[] = [];
  #describing = 0;
  #stuck: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: DirectPeerOptions) {
    this.#connection = new RTCPeerConnection(options.configuration);
    this.#connection.addEventListener('negotiationneeded', () => void this.#offer());
    this.#connection.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate) this.#tellCandidate(candidate.toJSON());
    });
    this.#connection.addEventListener('track', () => this.#show());
    this.#connection.addEventListener('connectionstatechange', () => {
      if (this.#connection.connectionState === 'failed') this.#connection.restartIce();
      this.#watch();
    });
    this.#watch();
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
    clearTimeout(this.#stuck);
    this.#connection.close();
  }

  async #offer(): Promise<void> {
    try {
      this.#isOffering = true;
      await this.#describe();
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
      if (description.type === 'offer') await this.#describe();
      this.#show();
    } else if (sources) {
      this.#sources = sources;
      this.#show();
    }
    if (candidate && !this.#isIgnoring) await connection.addIceCandidate(candidate);
  }

  /** Makes an offer or an answer and tells it, and after it what was found on the way meanwhile. */
  async #describe(): Promise<void> {
    this.#describing += 1;
    try {
      await this.#connection.setLocalDescription();
      const description = this.#connection.localDescription?.toJSON();
      if (description) this.options.tell({ description, sources: this.#ownSources() });
    } finally {
      this.#describing -= 1;
      if (this.#describing === 0) for (const candidate of this.#early.splice(0)) this.options.tell({ candidate });
    }
  }

  #tellCandidate(candidate: RTCIceCandidateInit): void {
    if (this.#describing > 0) this.#early.push(candidate);
    else this.options.tell({ candidate });
  }

  /** Begins to count while there is no connection. */
  #watch(): void {
    const { connectionState } = this.#connection;
    if (connectionState === 'connected' || connectionState === 'closed') {
      clearTimeout(this.#stuck);
      this.#stuck = undefined;
    } else this.#stuck ??= setTimeout(() => this.#onStuck(), STUCK_MS[this.options.isPolite ? 'polite' : 'impolite']);
  }

  #onStuck(): void {
    this.#stuck = undefined;
    const isWanted = this.#sent.size > 0 || Object.keys(this.#sources).length > 0;
    if (isWanted) this.options.onStuck();
    else this.#watch();
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
