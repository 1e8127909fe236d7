import type { types } from 'mediasoup';

import {
  type MediaResponse,
  type PipeAsker,
  type PipeEnd,
  type ProducerHome,
  pipeCommands as told,
} from '@terakoya/common/contracts';
import { ConflictError, isSchoolError } from '@terakoya/common/errors';
import { gauge } from '@terakoya/common/telemetry';

import type { NodeClient } from '../pipes/node-client';
import type { OtherNode } from '../pipes/node-watch';
import { InboundPipe } from './inbound-pipe';
import { OutboundPipe } from './outbound-pipe';
import type { Room, RoomListener } from './room';
import type { RoomRouter } from './room-routers';

const pipes = gauge('terakoya_media_pipes', 'Pipes between this node and others, by direction.', ['direction']);

export interface PipesOptions {
  /** How other nodes reach this one. */
  readonly self: () => PipeAsker;
  readonly client: NodeClient;
  readonly listenInfo: types.TransportListenInfo;
  readonly idleMs: number;
  readonly listener: Pick<RoomListener, 'producerLost'>;
}

/** Where a producer is to be had, and how to keep it for a consumer. */
export interface ProducerSource {
  readonly router: RoomRouter;
  readonly keepFor: (consumer: types.Consumer) => void;
}

/** The pipes between rooms of this node and rooms of others. */
export class Pipes {
  /** By room here and home; those that are being opened too, so that all who ask at once share one. */
  readonly #opening = new Map<string, Promise<InboundPipe>>();
  readonly #inbound = new Map<string, InboundPipe>();
  readonly #outbound = new Map<string, OutboundPipe>();

  constructor(private readonly options: PipesOptions) {}

  /** The nodes at the other ends. */
  get others(): OtherNode[] {
    return [
      ...[...this.#inbound.values()].map(({ nodeId, home }) => ({ nodeId, controlUrl: home.controlUrl })),
      ...[...this.#outbound.values()].map(({ asker }) => asker),
    ];
  }

  isHere({ controlUrl }: ProducerHome): boolean {
    return controlUrl === this.options.self().controlUrl;
  }

  /**
   * Has a producer of another node sent here; a new pipe ends at the router `at`. NOT_FOUND when its home has it not,
   * UNAVAILABLE when that cannot be reached.
   */
  async bring(room: Room, at: RoomRouter, producerId: string, home: ProducerHome): Promise<ProducerSource> {
    const pipe = await this.#pipeFrom(room, at, home);
    try {
      await pipe.bring(producerId);
      return { router: pipe.at, keepFor: (consumer) => pipe.keepFor(consumer) };
    } catch (error) {
      if (!isSchoolError(error) || error.code !== 'CONFLICT') throw error;
      pipe.close(false); // the home has given it up: once more through another
      const next = await this.#pipeFrom(room, at, home);
      await next.bring(producerId);
      return { router: next.at, keepFor: (consumer) => next.keepFor(consumer) };
    }
  }

  /** Opens the home's end for another node. */
  async accept(id: string, room: Room, asker: PipeAsker, end: PipeEnd): Promise<MediaResponse<typeof told.openPipe>> {
    if (this.#outbound.has(id)) throw new ConflictError('There is such a pipe.');
    const { client, listenInfo } = this.options;
    const pipe = await OutboundPipe.open({ id, room, asker, client, listenInfo }, end);
    this.#outbound.set(id, pipe);
    pipe.onClosed(() => {
      this.#outbound.delete(id);
      this.#gauge();
    });
    this.#gauge();
    return { nodeId: this.options.self().nodeId, end: pipe.end };
  }

  /** A pipe that leads out; CONFLICT when it is not there. */
  outbound(id: string): OutboundPipe {
    return this.#outbound.get(id) ?? notThere();
  }

  /** A pipe that leads in; CONFLICT when it is not there. */
  inbound(id: string): InboundPipe {
    return this.#inbound.get(id) ?? notThere();
  }

  /** The other end has closed the pipe, or wants one producer no longer. */
  async closeFromThere(id: string, producerId: string | null): Promise<void> {
    if (producerId !== null) return this.#outbound.get(id)?.closeProducer(producerId);
    this.#outbound.get(id)?.close();
    this.#inbound.get(id)?.close(true);
  }

  /** A node is gone: what came from it is lost. */
  lose(nodeId: string): void {
    for (const pipe of [...this.#inbound.values()].filter((one) => one.nodeId === nodeId)) {
      const { consumed, home } = pipe;
      pipe.close(true);
      for (const { peer, producerId } of consumed) this.options.listener.producerLost(home.room, peer, producerId);
    }
    for (const pipe of [...this.#outbound.values()].filter(({ asker }) => asker.nodeId === nodeId)) pipe.close();
  }

  #pipeFrom(room: Room, at: RoomRouter, home: ProducerHome): Promise<InboundPipe> {
    const key = [room.id, home.controlUrl, home.room].map((part) => JSON.stringify(part)).join(' ');
    const present = this.#opening.get(key);
    if (present) return present;
    const { self, client, listenInfo, idleMs } = this.options;
    const opening = InboundPipe.open({ home, room, at, asker: self(), client, listenInfo, idleMs }).then((pipe) => {
      this.#inbound.set(pipe.id, pipe);
      pipe.onClosed(() => {
        this.#inbound.delete(pipe.id);
        if (this.#opening.get(key) === opening) this.#opening.delete(key);
        this.#gauge();
      });
      this.#gauge();
      return pipe;
    });
    this.#opening.set(key, opening);
    opening.catch(() => {
      if (this.#opening.get(key) === opening) this.#opening.delete(key);
    });
    return opening;
  }

  #gauge(): void {
    pipes.set({ direction: 'in' }, this.#inbound.size);
    pipes.set({ direction: 'out' }, this.#outbound.size);
  }
}

function notThere(): never {
  throw new ConflictError('There is no such pipe any more.');
}
