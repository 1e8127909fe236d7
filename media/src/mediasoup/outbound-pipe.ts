import type { types } from 'mediasoup';

import { type MediaResponse, type PipeAsker, type PipeEnd, pipeCommands as told } from '@terakoya/common/contracts';
import { NotFoundError, isSchoolError } from '@terakoya/common/errors';

import type { NodeClient } from '../pipes/node-client';
import { asked } from './failures';
import { connectPipe, endOf, openPipeTransport } from './pipe-transport';
import { presentRtpParameters } from './present';
import type { Room } from './room';
import type { RoomRouter } from './room-routers';

type Piped = MediaResponse<typeof told.pipeProducer>;

export interface OutboundPipeOptions {
  readonly id: string;
  readonly room: Room;
  readonly asker: PipeAsker;
  readonly client: NodeClient;
  readonly listenInfo: types.TransportListenInfo;
}

/** The home's end of a pipe: what it sends of its room's producers to another node. */
export class OutboundPipe {
  readonly #consumers = new Map<string, Promise<types.Consumer>>();
  /** One after the other, so that the other end hears last what is last. */
  #telling: Promise<void> = Promise.resolve();
  #isUnwanted = false;

  private constructor(
    private readonly options: OutboundPipeOptions,
    private readonly at: RoomRouter,
    private readonly transport: types.PipeTransport,
  ) {}

  static async open(options: OutboundPipeOptions, end: PipeEnd): Promise<OutboundPipe> {
    const at = await options.room.routers.choose();
    const transport = await openPipeTransport(at.router, options.listenInfo);
    try {
      await connectPipe(transport, end);
    } catch (error) {
      transport.close();
      throw error;
    }
    return new OutboundPipe(options, at, transport);
  }

  get asker(): PipeAsker {
    return this.options.asker;
  }

  get end(): PipeEnd {
    return endOf(this.transport);
  }

  /** Calls back when it has ended, also at once; the other end is told unless it is that which ended it. */
  onClosed(callback: () => void): void {
    const ended = (): void => {
      callback();
      const request = { pipeId: this.options.id, producerId: null };
      if (!this.#isUnwanted) void this.options.client.tell(this.asker.controlUrl, told.closePipe, request);
    };
    if (this.transport.closed) ended();
    else this.transport.observer.once('close', ended);
  }

  /** Sends the producer through the pipe, once. NOT_FOUND when the room has it not. */
  async pipe(producerId: string): Promise<Piped> {
    const sender = this.options.room.senderOf(producerId);
    const producer = sender?.producers.get(producerId);
    if (!sender || !producer) throw new NotFoundError('producer', producerId);
    const piping = this.#consumers.get(producerId) ?? this.#consume(producerId, sender.router);
    this.#consumers.set(producerId, piping);
    try {
      const { kind, rtpParameters, producerPaused, closed } = await piping;
      if (closed) throw new NotFoundError('producer', producerId);
      const { source } = producer.appData;
      const parameters = presentRtpParameters(rtpParameters);
      return { peer: sender.id, kind, source, rtpParameters: parameters, isPaused: producerPaused };
    } catch (error) {
      if (this.#consumers.get(producerId) === piping) this.#consumers.delete(producerId);
      const isGone = isSchoolError(error) && error.code === 'CONFLICT' && !this.transport.closed;
      throw isGone ? new NotFoundError('producer', producerId) : error;
    }
  }

  /** The other end wants the producer no longer. */
  async closeProducer(producerId: string): Promise<void> {
    const piping = this.#consumers.get(producerId);
    this.#consumers.delete(producerId);
    (await piping)?.close();
  }

  /** The other end has closed, or is gone. */
  close(): void {
    this.#isUnwanted = true;
    this.transport.close();
  }

  async #consume(producerId: string, from: RoomRouter): Promise<types.Consumer> {
    const { routers } = this.options.room;
    await asked('producerId', () => routers.bring(producerId, from, this.at));
    const consumer = await asked('producerId', () => this.transport.consume({ producerId }));
    if (consumer.closed) throw new NotFoundError('producer', producerId); // it ended meanwhile
    routers.count(this.at, 1);
    const tell = (): void => {
      this.#telling = this.#telling.then(() => this.#tell(producerId, consumer));
    };
    consumer.observer.on('pause', tell);
    consumer.observer.on('resume', tell);
    consumer.observer.once('close', () => {
      routers.count(this.at, -1);
      if (this.#consumers.delete(producerId)) tell();
    });
    return consumer;
  }

  /** An end that cannot be told would show what is not so: the pipe is given up. */
  async #tell(producerId: string, { closed: isClosed, producerPaused: isPaused }: types.Consumer): Promise<void> {
    if (this.transport.closed) return; // which says all
    const { client, id } = this.options;
    const request = { pipeId: id, producerId, isPaused, isClosed };
    if (!(await client.tell(this.asker.controlUrl, told.pipedProducerChanged, request))) this.transport.close();
  }
}
