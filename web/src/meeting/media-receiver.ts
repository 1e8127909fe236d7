import type { Device, types } from 'mediasoup-client';

import { connectTransport, consumeTracks, resumeConsumers, showTiles } from './documents';
import type { MeetingGraph } from './graph';
import type { Session } from './media-sender';

export interface MediaReceiverOptions {
  readonly graph: MeetingGraph;
  readonly session: Session;
  readonly device: Device;
  readonly transport: types.Transport;
  /** A track is received, or no more (null). */
  readonly onStream: (trackId: string, stream: MediaStream | null) => void;
}

/** A consumer as the graph tells of it. */
interface Consumable {
  readonly consumerId: string;
  readonly producerId: string;
  readonly kind: 'AUDIO' | 'VIDEO';
  readonly rtpParameters: types.RtpParameters;
  readonly track: { readonly id: string };
}

/** Most tracks of one `consume`. */
const BATCH = 100;

/** What one receives in a media session. */
export class MediaReceiver {
  /** What is received, or about to be, by track. */
  readonly #received = new Map<string, types.Consumer | null>();
  #isConnected = false;
  #isClosed = false;

  constructor(private readonly options: MediaReceiverOptions) {
    const { transport, session, graph } = options;
    transport.on('connect', ({ dtlsParameters }, done, failed) => {
      const input = { ticket: session.ticket, transportId: session.receiveTransport.transportId, dtlsParameters };
      graph.ask(connectTransport, { input }).then(() => {
        this.#isConnected = true;
        done();
      }, failed);
    });
  }

  /**
   * Receives those of the tracks that are not received yet. On a transport that is not connected they need no resuming:
   * nothing is sent before; later on they begin paused, so that the first picture is not lost. Gives whether none was refused.
   */
  async receive(trackIds: readonly string[]): Promise<boolean> {
    const wanted = trackIds.filter((id) => !this.#received.has(id));
    for (const id of wanted) this.#received.set(id, null);
    try {
      for (let from = 0; from < wanted.length; from += BATCH) await this.#consume(wanted.slice(from, from + BATCH));
    } catch (error) {
      for (const id of wanted) if (this.#received.get(id) === null) this.#received.delete(id);
      throw error;
    }
    return wanted.every((id) => this.#received.has(id));
  }

  /** Lets go of tracks that are not among these: they are over. */
  keepOnly(trackIds: ReadonlySet<string>): void {
    for (const [id, consumer] of this.#received) {
      if (trackIds.has(id)) continue;
      this.#received.delete(id);
      consumer?.close();
      this.options.onStream(id, null);
    }
  }

  /** Tells how large tracks are shown, in physical pixels; of those that are not received nothing is told. */
  async showTiles(heights: ReadonlyMap<string, number>): Promise<void> {
    const tiles = [...heights].flatMap(([trackId, height]) => {
      const consumer = this.#received.get(trackId);
      return consumer?.kind === 'video' ? [{ consumerId: consumer.id, height }] : [];
    });
    const { graph, session } = this.options;
    if (tiles.length > 0) {
      await graph.ask(showTiles, { input: { ticket: session.ticket, tiles: tiles.slice(0, BATCH) } });
    }
  }

  close(): void {
    this.#isClosed = true;
    this.options.transport.close();
    for (const id of this.#received.keys()) this.options.onStream(id, null);
    this.#received.clear();
  }

  async #consume(trackIds: readonly string[]): Promise<void> {
    const { graph, session, device } = this.options;
    if (this.#isClosed) return;
    const isLater = this.#isConnected;
    const { consume } = await graph.ask(consumeTracks, {
      input: {
        ticket: session.ticket,
        transportId: session.receiveTransport.transportId,
        trackIds: [...trackIds],
        rtpCapabilities: device.recvRtpCapabilities,
        isPaused: isLater,
      },
    });
    for (const { trackId } of consume.refused) this.#received.delete(trackId);
    if (this.#isClosed) return;
    const made = await Promise.all(consume.consumers.map((consumer) => this.#take(consumer)));
    const consumerIds = made.filter((id) => id !== null);
    if (isLater && consumerIds.length > 0) {
      await graph.ask(resumeConsumers, { input: { ticket: session.ticket, consumerIds } });
    }
  }

  async #take({ consumerId, producerId, kind, rtpParameters, track }: Consumable): Promise<string | null> {
    const consumer = await this.options.transport.consume({
      id: consumerId,
      producerId,
      kind: kind === 'AUDIO' ? 'audio' : 'video',
      rtpParameters,
    });
    if (this.#isClosed || !this.#received.has(track.id)) {
      consumer.close(); // it ended while it was prepared
      return null;
    }
    this.#received.set(track.id, consumer);
    this.options.onStream(track.id, new MediaStream([consumer.track]));
    return consumerId;
  }
}
