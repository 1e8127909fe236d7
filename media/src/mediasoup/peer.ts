import type { types } from 'mediasoup';

import type { MediaDirection, MediaPeer, MediaSource } from '@terakoya/common/contracts';
import { LimitExceededError, NotFoundError } from '@terakoya/common/errors';

import type { RoomRouter } from './room-routers';

/** What a transport or producer of ours remembers about itself. */
export interface TransportFacts extends types.AppData {
  readonly direction: MediaDirection;
}
export interface ProducerFacts extends types.AppData {
  readonly source: MediaSource;
}
export type WebRtcTransport = types.WebRtcTransport<TransportFacts>;
export type PlainTransport = types.PlainTransport<TransportFacts>;
export type PeerTransport = WebRtcTransport | PlainTransport;
export type PeerProducer = types.Producer<ProducerFacts>;

/**
 * What one participant may have at once: a transport each way and their successors, camera, microphone and a shared
 * screen with room to spare, and everything of twenty others.
 */
const MAXIMUM = { transports: 4, producers: 8, consumers: 200, dataProducers: 4 } as const;
type Possession = keyof typeof MAXIMUM;

/** After how long a peer is given up. */
export interface Patience {
  /** Whose connection is broken. */
  readonly silenceMs: number;
  /** Who never had one, and of whom nothing is commanded. */
  readonly idleMs: number;
}

/** One join of a participant on a node: its transports and what goes through them. */
export class Peer {
  readonly transports = new Map<string, PeerTransport>();
  readonly producers = new Map<string, PeerProducer>();
  readonly consumers = new Map<string, types.Consumer>();
  readonly dataProducers = new Map<string, types.DataProducer>();
  /** It leaves, or is replaced: what closes from now on is no loss. */
  isLeaving = false;
  readonly #connecting = new WeakMap<WebRtcTransport, Promise<void>>();
  #silence: NodeJS.Timeout | undefined;
  #idleness: NodeJS.Timeout | undefined;
  #wasReached = false;
  readonly #coming = { transports: 0, producers: 0, consumers: 0, dataProducers: 0 };

  constructor(
    readonly id: MediaPeer,
    readonly router: RoomRouter,
    private readonly patience: Patience,
    private readonly onSilent: () => void,
  ) {
    this.showLife();
  }

  /** Something was commanded of the peer: it is there, though it may have no connection yet. */
  showLife(): void {
    clearTimeout(this.#idleness);
    if (this.isLeaving || this.#wasReached) return;
    this.#idleness = setTimeout(this.onSilent, this.patience.idleMs).unref();
  }

  /** A transport of this peer for this direction; NOT_FOUND for any other. */
  transport(id: string, direction?: MediaDirection): PeerTransport {
    const found = this.transports.get(id);
    if (!found || (direction && found.appData.direction !== direction)) throw new NotFoundError('transport', id);
    return found;
  }

  /** The same, and only where it has ICE and DTLS. */
  webRtcTransport(id: string): WebRtcTransport {
    const found = this.transport(id);
    return found.type === 'webrtc' ? found : missing('transport', id);
  }

  /**
   * Connects a transport, once however often that is asked for. Its DTLS state does not tell whether it was: the other end
   * may shake hands before its parameters are here, and is not heard until they are.
   */
  connect(id: string, dtlsParameters: types.DtlsParameters): Promise<void> {
    const transport = this.webRtcTransport(id);
    const before = this.#connecting.get(transport);
    if (before) return before;
    const connecting = transport.connect({ dtlsParameters });
    this.#connecting.set(transport, connecting);
    connecting.catch(() => this.#connecting.delete(transport)); // whoever asked is told
    return connecting;
  }

  producer(id: string): PeerProducer {
    return this.producers.get(id) ?? missing('producer', id);
  }

  consumer(id: string): types.Consumer {
    return this.consumers.get(id) ?? missing('consumer', id);
  }

  /** Makes one more of what a participant may have so many of; LIMIT_EXCEEDED when those there and to come are enough. */
  async oneMore<T>(what: Possession, make: () => Promise<T>): Promise<T> {
    const maximum = MAXIMUM[what];
    if (this[what].size + this.#coming[what] >= maximum) {
      throw new LimitExceededError(`A participant has at most ${maximum} ${what}.`, { limit: what, maximum });
    }
    this.#coming[what] += 1;
    try {
      return await make();
    } finally {
      this.#coming[what] -= 1;
    }
  }

  /** Keeps the transport and watches whether the other end is still there. */
  hold(transport: PeerTransport): void {
    this.transports.set(transport.id, transport);
    const forget = (): void => void this.transports.delete(transport.id);
    if (transport.type === 'plain') {
      transport.observer.once('close', forget);
      return this.#onReached(); // it does not know of its other end
    }
    transport.observer.once('close', forget);
    transport.on('icestatechange', () => this.#listen());
    transport.on('dtlsstatechange', () => this.#listen());
  }

  close(): void {
    this.isLeaving = true;
    clearTimeout(this.#silence);
    clearTimeout(this.#idleness);
    for (const transport of [...this.transports.values()]) transport.close();
  }

  #onReached(): void {
    this.#wasReached = true;
    clearTimeout(this.#idleness);
  }

  /** Every transport that was connected once is silent: unless one comes back in time, the peer is given up. */
  #listen(): void {
    const used = [...this.transports.values()].filter((one) => one.type === 'webrtc').filter(wasConnected);
    if (used.some(({ iceState }) => iceState === 'connected' || iceState === 'completed')) this.#onReached();
    const isSilent = used.length > 0 && used.every(isCutOff);
    if (!isSilent) {
      clearTimeout(this.#silence);
      this.#silence = undefined;
    } else if (!this.isLeaving) this.#silence ??= setTimeout(this.onSilent, this.patience.silenceMs).unref();
  }
}

function wasConnected({ iceState }: WebRtcTransport): boolean {
  return iceState !== 'new';
}

function isCutOff({ iceState, dtlsState }: WebRtcTransport): boolean {
  return iceState === 'disconnected' || dtlsState === 'closed' || dtlsState === 'failed';
}

function missing(what: string, id: string): never {
  throw new NotFoundError(what, id);
}
