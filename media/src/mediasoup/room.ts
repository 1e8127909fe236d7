import type { types } from 'mediasoup';

import type { MediaDirection, MediaPeer, MediaRoom, TransportOptions } from '@terakoya/common/contracts';
import { ConflictError, NotFoundError } from '@terakoya/common/errors';

import { asked } from './failures';
import {
  type Patience,
  Peer,
  type PeerProducer,
  type PeerTransport,
  type PlainTransport,
  type TransportFacts,
} from './peer';
import { presentTransport } from './present';
import { type RoomRouter, RoomRouters } from './room-routers';
import { SpeakerObserver } from './speaker';
import type { WorkerPool } from './worker-pool';

/** What a room tells of itself. */
export interface RoomListener {
  readonly lost: (room: MediaRoom) => void;
  readonly peerLost: (room: MediaRoom, peer: MediaPeer) => void;
  readonly producerLost: (room: MediaRoom, peer: MediaPeer, producerId: string) => void;
  readonly speakerChanged: (room: MediaRoom, participantId: string | null) => void;
}

/** Hears of the tracks that come into a room, and of its end. */
export interface RoomObserver {
  readonly producerAdded: (peer: Peer, producer: PeerProducer) => void;
  readonly closed: () => void;
}

export interface RoomOptions {
  readonly pool: WorkerPool;
  readonly consumersPerRouter: number;
  readonly patience: Patience;
  readonly listener: RoomListener;
}

/** Bits per second that a receiver is first sent, until its bandwidth is known. */
const INITIAL_BITRATE = 1_000_000;
/** What one sender may send at most, bits per second. */
const MAX_INCOMING_BITRATE = 5_000_000;
const ICE_CONSENT_SECONDS = 5;

/** The participant's end of a plain transport: its address, null where the first packet tells it, and what it encrypts with. */
export interface PlainEnd {
  readonly remote: { readonly ip: string; readonly port: number } | null;
  readonly srtp: types.SrtpParameters | null;
}

/** One life of a meeting's media: its routers, and the peers that send and receive through them. */
export class Room {
  readonly routers: RoomRouters;
  readonly observers = new Set<RoomObserver>();
  readonly #peers = new Map<string, Peer>();
  readonly #speaker: SpeakerObserver;
  #isClosed = false;

  constructor(
    readonly id: MediaRoom,
    private readonly options: RoomOptions,
  ) {
    this.routers = new RoomRouters(options.pool, options.consumersPerRouter, (opened) => this.#watch(opened));
    this.#speaker = new SpeakerObserver(this.routers, (producerId) => this.#tellSpeaker(producerId));
  }

  get peers(): IterableIterator<Peer> {
    return this.#peers.values();
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Enters a peer with its transports; an earlier session of the participant ends with that. */
  async join(id: MediaPeer, directions: readonly MediaDirection[]): Promise<TransportOptions[]> {
    const peer = this.#find(id) ?? (await this.#enter(id));
    return Promise.all(directions.map((direction) => this.openTransport(peer, direction)));
  }

  leave(id: MediaPeer): void {
    const peer = this.#find(id);
    if (!peer) return;
    peer.close();
    this.#peers.delete(id.participantId);
  }

  has(id: MediaPeer): boolean {
    return this.#find(id) !== undefined;
  }

  /** The peer of this very session; NOT_FOUND when it has left or was replaced. */
  peer(id: MediaPeer): Peer {
    const peer = this.#find(id);
    if (!peer) throw new NotFoundError('peer', id.sessionId);
    return peer;
  }

  openTransport(peer: Peer, direction: MediaDirection): Promise<TransportOptions> {
    return peer.oneMore('transports', () => this.#openTransport(peer, direction));
  }

  async #openTransport(peer: Peer, direction: MediaDirection): Promise<TransportOptions> {
    const { router, home } = peer.router;
    const transport = await asked('direction', () =>
      router.createWebRtcTransport<TransportFacts>({
        webRtcServer: home.server,
        enableUdp: true,
        enableTcp: true,
        preferUdp: true,
        enableSctp: true,
        iceConsentTimeout: ICE_CONSENT_SECONDS,
        initialAvailableOutgoingBitrate: INITIAL_BITRATE,
        appData: { direction },
      }),
    );
    await this.#hold(peer, transport);
    return presentTransport(transport);
  }

  /** A transport for a participant that is no browser; `remote` null: where the first packet comes from. */
  openPlainTransport(peer: Peer, direction: MediaDirection, other: PlainEnd): Promise<PlainTransport> {
    return peer.oneMore('transports', async () => {
      const { router } = peer.router;
      const transport = await asked('direction', () =>
        router.createPlainTransport<TransportFacts>({
          listenInfo: this.options.pool.plainListenInfo,
          rtcpMux: true,
          comedia: other.remote === null,
          ...(other.srtp ? { enableSrtp: true, srtpCryptoSuite: other.srtp.cryptoSuite } : {}),
          appData: { direction },
        }),
      );
      await this.#hold(peer, transport);
      await connectPlain(transport, other);
      return transport;
    });
  }

  /** Keeps a new producer, has voices listened to, and tells when it ends without being asked to. */
  async addProducer(peer: Peer, producer: PeerProducer): Promise<void> {
    if (producer.appData.source === 'MICROPHONE') await this.#listenTo(peer, producer);
    if (producer.closed) throw new ConflictError('The transport was closed meanwhile.');
    peer.producers.set(producer.id, producer);
    producer.observer.once('close', () => {
      const wasKnown = peer.producers.delete(producer.id);
      this.routers.forget(producer.id);
      const isLoss = wasKnown && !peer.isLeaving && !this.#isClosed;
      if (isLoss) this.options.listener.producerLost(this.id, peer.id, producer.id);
    });
    for (const observer of this.observers) observer.producerAdded(peer, producer);
  }

  /** Whose producer this is; undefined when it has ended or is another room's. */
  senderOf(id: string, what: 'producers' | 'dataProducers' = 'producers'): Peer | undefined {
    return [...this.#peers.values()].find((peer) => peer[what].has(id));
  }

  close(): void {
    this.#isClosed = true;
    for (const peer of this.#peers.values()) peer.close();
    this.#peers.clear();
    this.routers.close();
    for (const observer of this.observers) observer.closed();
  }

  /** Makes the transport the peer's, unless it has left meanwhile. */
  async #hold(peer: Peer, transport: PeerTransport): Promise<void> {
    if (peer.isLeaving) {
      transport.close();
      throw new NotFoundError('peer', peer.id.sessionId);
    }
    peer.hold(transport);
    if (transport.appData.direction === 'RECEIVE') return;
    await asked('direction', () => transport.setMaxIncomingBitrate(MAX_INCOMING_BITRATE));
  }

  async #listenTo(peer: Peer, producer: PeerProducer): Promise<void> {
    try {
      await asked('rtpParameters', () => this.#speaker.add(producer, peer.router));
    } catch (error) {
      producer.close();
      throw error;
    }
  }

  /** The peer of this very session. */
  #find(id: MediaPeer): Peer | undefined {
    const peer = this.#peers.get(id.participantId);
    return peer?.id.sessionId === id.sessionId ? peer : undefined;
  }

  async #enter(id: MediaPeer): Promise<Peer> {
    const router = await asked('room', () => this.routers.choose());
    if (this.#isClosed) throw new ConflictError('The media of this room is being closed.');
    const entered = this.#find(id); // by a command that came at the same time
    if (entered) return entered;
    this.#peers.get(id.participantId)?.close();
    const peer: Peer = new Peer(id, router, this.options.patience, () => {
      this.leave(id);
      this.options.listener.peerLost(this.id, id);
    });
    this.#peers.set(id.participantId, peer);
    return peer;
  }

  async #watch(opened: RoomRouter): Promise<void> {
    opened.router.once('workerclose', () => {
      if (this.#isClosed) return;
      this.close();
      this.options.listener.lost(this.id);
    });
    await this.#speaker.listenOn(opened);
  }

  #tellSpeaker(producerId: string | null): void {
    if (this.#isClosed) return;
    const speaking = producerId === null ? undefined : this.senderOf(producerId);
    this.options.listener.speakerChanged(this.id, speaking?.id.participantId ?? null);
  }
}

async function connectPlain(transport: PlainTransport, { remote, srtp }: PlainEnd): Promise<void> {
  if (!remote && !srtp) return;
  try {
    await asked(srtp ? 'srtp' : 'remote', () =>
      transport.connect({ ...remote, ...(srtp ? { srtpParameters: srtp } : {}) }),
    );
  } catch (error) {
    transport.close();
    throw error;
  }
}
