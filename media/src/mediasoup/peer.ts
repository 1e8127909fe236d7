import type { types } from 'mediasoup';

import type { MediaPeer, MediaSource } from '@terakoya/common/contracts';
import { NotFoundError } from '@terakoya/common/errors';

import type { RoomRouter } from './room-routers';

export type Direction = 'SEND' | 'RECEIVE';

/** What a transport or producer of ours remembers about itself. */
export interface TransportFacts extends types.AppData {
  readonly direction: Direction;
}
export interface ProducerFacts extends types.AppData {
  readonly source: MediaSource;
}
export type PeerTransport = types.WebRtcTransport<TransportFacts>;
export type PeerProducer = types.Producer<ProducerFacts>;

/** One join of a participant on a node: its transports and what goes through them. */
export class Peer {
  readonly transports = new Map<string, PeerTransport>();
  readonly producers = new Map<string, PeerProducer>();
  readonly consumers = new Map<string, types.Consumer>();
  readonly dataProducers = new Map<string, types.DataProducer>();
  /** It leaves, or is replaced: what closes from now on is no loss. */
  isLeaving = false;
  #silence: NodeJS.Timeout | undefined;

  constructor(
    readonly id: MediaPeer,
    readonly router: RoomRouter,
    private readonly silenceMs: number,
    private readonly onSilent: () => void,
  ) {}

  /** A transport of this peer for this direction; NOT_FOUND for any other. */
  transport(id: string, direction?: Direction): PeerTransport {
    const found = this.transports.get(id);
    if (!found || (direction && found.appData.direction !== direction)) throw new NotFoundError('transport', id);
    return found;
  }

  producer(id: string): PeerProducer {
    return this.producers.get(id) ?? missing('producer', id);
  }

  consumer(id: string): types.Consumer {
    return this.consumers.get(id) ?? missing('consumer', id);
  }

  /** Keeps the transport and watches whether the other end is still there. */
  hold(transport: PeerTransport): void {
    this.transports.set(transport.id, transport);
    transport.observer.once('close', () => this.transports.delete(transport.id));
    transport.on('icestatechange', () => this.#listen());
    transport.on('dtlsstatechange', () => this.#listen());
  }

  close(): void {
    this.isLeaving = true;
    clearTimeout(this.#silence);
    for (const transport of [...this.transports.values()]) transport.close();
  }

  /** Every transport that was connected once is silent: unless one comes back in time, the peer is given up. */
  #listen(): void {
    const used = [...this.transports.values()].filter(({ iceState }) => iceState !== 'new');
    const isSilent = used.length > 0 && used.every(isCutOff);
    if (!isSilent) {
      clearTimeout(this.#silence);
      this.#silence = undefined;
    } else if (!this.isLeaving) this.#silence ??= setTimeout(this.onSilent, this.silenceMs).unref();
  }
}

function isCutOff({ iceState, dtlsState }: PeerTransport): boolean {
  return iceState === 'disconnected' || dtlsState === 'closed' || dtlsState === 'failed';
}

function missing(what: string, id: string): never {
  throw new NotFoundError(what, id);
}
