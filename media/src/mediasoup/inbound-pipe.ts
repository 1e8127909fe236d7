import { randomUUID } from 'node:crypto';

import type { types } from 'mediasoup';

import { type MediaPeer, type PipeAsker, type ProducerHome, pipeCommands as told } from '@terakoya/common/contracts';
import { ConflictError, isSchoolError } from '@terakoya/common/errors';
import { withTimeout } from '@terakoya/common/lifecycle';

import type { NodeClient } from '../pipes/node-client';
import { asked } from './failures';
import { connectPipe, endOf, openPipeTransport } from './pipe-transport';
import { toRtpParameters } from './present';
import type { Room } from './room';
import type { RoomRouter } from './room-routers';

/** How long a participant waits until a producer's earlier way is closed; when its home does not answer, in vain. */
const LEAVING_MS = 2_000;

export interface InboundPipeOptions {
  readonly home: ProducerHome;
  readonly room: Room;
  /** The router at which it ends; the room's others get what comes through from there. */
  readonly at: RoomRouter;
  readonly asker: PipeAsker;
  readonly client: NodeClient;
  readonly listenInfo: types.TransportListenInfo;
  /** What nobody has consumed for so long, and at most twice that, is closed. */
  readonly idleMs: number;
}

interface PipedTrack {
  readonly piping: Promise<types.Producer>;
  /** Whose it is; known when it is piped. */
  peer: MediaPeer | undefined;
  consumers: number;
  /** Nobody consumed it when it was last looked at. */
  wasIdle: boolean;
}

/** This node's end of a pipe: producers of another node's room, under their own ids, as if they were sent here. */
export class InboundPipe {
  readonly #tracks = new Map<string, PipedTrack>();
  /** Ways that the home is being told to close; only after that they are opened again. */
  readonly #leaving = new Map<string, Promise<unknown>>();
  readonly #sweeping: NodeJS.Timeout;
  #wasIdle = false;
  #isUnwanted = false;

  private constructor(
    readonly id: string,
    /** The node of the home. */
    readonly nodeId: string,
    private readonly options: InboundPipeOptions,
    private readonly transport: types.PipeTransport,
  ) {
    this.#sweeping = setInterval(() => this.#sweep(), options.idleMs).unref();
  }

  /** Opens both ends. NOT_FOUND when the home is not there, UNAVAILABLE when its node cannot be reached. */
  static async open(options: InboundPipeOptions): Promise<InboundPipe> {
    const { at, home, asker, client } = options;
    const pipeId = randomUUID();
    const transport = await openPipeTransport(at.router, options.listenInfo);
    try {
      const request = { pipeId, room: home.room, asker, end: endOf(transport) };
      const { nodeId, end } = await client.ask(home.controlUrl, told.openPipe, request);
      await connectPipe(transport, end);
      return new InboundPipe(pipeId, nodeId, options, transport);
    } catch (error) {
      transport.close();
      void client.tell(home.controlUrl, told.closePipe, { pipeId, producerId: null });
      throw error;
    }
  }

  get home(): ProducerHome {
    return this.options.home;
  }

  /** The router that has what comes through. */
  get at(): RoomRouter {
    return this.options.at;
  }

  /** Producers that are consumed here, and whose they are. */
  get consumed(): { readonly producerId: string; readonly peer: MediaPeer }[] {
    return [...this.#tracks].flatMap(([producerId, { peer, consumers }]) =>
      peer && consumers > 0 ? [{ producerId, peer }] : [],
    );
  }

  /** Calls back when it has ended, also at once; the home is told unless it is that which ended it. */
  onClosed(callback: () => void): void {
    const ended = (): void => {
      clearInterval(this.#sweeping);
      callback();
      if (!this.#isUnwanted) void this.#tellClosed(null);
    };
    if (this.transport.closed) ended();
    else this.transport.observer.once('close', ended);
  }

  /** Has the producer sent through the pipe, once. NOT_FOUND when the home has it not, CONFLICT when the pipe is no more. */
  async bring(producerId: string): Promise<void> {
    const known = this.#tracks.get(producerId);
    const track: PipedTrack = known ?? {
      piping: this.#pipe(producerId),
      peer: undefined,
      consumers: 0,
      wasIdle: false,
    };
    this.#wasIdle = track.wasIdle = false;
    this.#tracks.set(producerId, track);
    try {
      await track.piping;
    } catch (error) {
      if (this.#tracks.get(producerId) === track) this.#tracks.delete(producerId);
      throw error;
    }
  }

  /** Keeps the producer while the consumer is there. */
  keepFor(consumer: types.Consumer): void {
    const track = this.#tracks.get(consumer.producerId);
    if (!track) return;
    track.consumers += 1;
    consumer.observer.once('close', () => (track.consumers -= 1));
  }

  /** What the home tells of a producer; one that is just being piped is waited for. */
  async change(producerId: string, isPaused: boolean, isClosed: boolean): Promise<void> {
    const producer = await this.#tracks.get(producerId)?.piping.catch(() => undefined); // told to whoever asked for it
    if (!producer || producer.closed) return;
    if (isClosed) producer.close();
    else if (isPaused !== producer.paused) {
      await asked('producerId', () => (isPaused ? producer.pause() : producer.resume()));
    }
  }

  /** Ends it; where the home `knows` or is gone, it is not told. */
  close(knows: boolean): void {
    this.#isUnwanted = knows;
    this.transport.close();
  }

  async #pipe(producerId: string): Promise<types.Producer> {
    const { client, home, room } = this.options;
    await this.#hasLeft(producerId);
    try {
      const piped = await client.ask(home.controlUrl, told.pipeProducer, { pipeId: this.id, producerId });
      const { kind, isPaused: paused, source, peer } = piped;
      const rtpParameters = toRtpParameters(piped.rtpParameters);
      const options = { id: producerId, kind, rtpParameters, paused, appData: { source } };
      const producer = await asked('producers', () => this.transport.produce(options));
      if (producer.closed) throw new ConflictError('The pipe was closed meanwhile.');
      const track = this.#tracks.get(producerId);
      if (track) track.peer = peer;
      producer.observer.once('close', () => {
        this.#tracks.delete(producerId);
        room.routers.forget(producerId);
      });
      return producer;
    } catch (error) {
      const isRefused = isSchoolError(error) && ['NOT_FOUND', 'CONFLICT'].includes(error.code); // the home has it not
      if (!isRefused) this.#leave(producerId);
      throw error;
    }
  }

  /** Closes what nobody consumed the last time and now: first the producers, then the pipe. */
  #sweep(): void {
    for (const [producerId, track] of this.#tracks) {
      if (track.consumers === 0 && track.wasIdle) void this.#drop(producerId, track);
      track.wasIdle = track.consumers === 0;
    }
    const isIdle = this.#tracks.size === 0;
    if (isIdle && this.#wasIdle) this.transport.close();
    this.#wasIdle = isIdle;
  }

  async #drop(producerId: string, track: PipedTrack): Promise<void> {
    const producer = await track.piping.catch(() => undefined); // told to whoever asked for it
    if (!producer || producer.closed || !track.wasIdle) return;
    producer.close();
    this.#leave(producerId);
  }

  async #hasLeft(producerId: string): Promise<void> {
    const leaving = this.#leaving.get(producerId);
    if (leaving) await withTimeout('The end of its way through a pipe', LEAVING_MS, () => leaving);
  }

  #leave(producerId: string): void {
    const leaving = this.#tellClosed(producerId).finally(() => {
      if (this.#leaving.get(producerId) === leaving) this.#leaving.delete(producerId);
    });
    this.#leaving.set(producerId, leaving);
  }

  #tellClosed(producerId: string | null): Promise<boolean> {
    const { client, home } = this.options;
    return client.tell(home.controlUrl, told.closePipe, { pipeId: this.id, producerId });
  }
}
