import type { types } from 'mediasoup';

import { UnavailableError } from '@terakoya/common/errors';

import { type MediaWorker, type WorkerPool, leastBusy } from './worker-pool';

/** A room's router on one worker. */
export interface RoomRouter {
  readonly router: types.Router;
  readonly home: MediaWorker;
  consumers: number;
}

/**
 * The routers of a room: one at first, and one more on another worker whenever all have as many consumers as a router
 * should have. A producer is piped to another router once, when somebody there first wants it.
 */
export class RoomRouters {
  readonly #routers: RoomRouter[] = [];
  /** For each producer the routers it was piped to. */
  readonly #piped = new Map<string, Map<RoomRouter, Promise<unknown>>>();
  #growing: Promise<RoomRouter> | undefined;

  constructor(
    private readonly pool: WorkerPool,
    private readonly consumersPerRouter: number,
    private readonly onOpened: (router: RoomRouter) => Promise<void>,
  ) {}

  get all(): readonly RoomRouter[] {
    return this.#routers;
  }

  /** The router for the next peer. */
  async choose(): Promise<RoomRouter> {
    const emptiest = leastBusy(this.#routers);
    if (emptiest && emptiest.consumers < this.consumersPerRouter) return emptiest;
    this.#growing ??= this.#grow().finally(() => (this.#growing = undefined));
    return this.#growing;
  }

  /** Makes the producer available on `target`; it keeps its id there. */
  bring(producerId: string, from: RoomRouter, target: RoomRouter): Promise<void> {
    return this.#pipeOnce(producerId, target, from, { producerId, router: target.router });
  }

  /** The same for a data producer. */
  bringData(dataProducerId: string, from: RoomRouter, target: RoomRouter): Promise<void> {
    return this.#pipeOnce(dataProducerId, target, from, { dataProducerId, router: target.router });
  }

  count(router: RoomRouter, change: number): void {
    router.consumers += change;
    router.home.consumers += change;
  }

  /** Forgets the pipes of a producer that has ended. */
  forget(producerId: string): void {
    this.#piped.delete(producerId);
  }

  close(): void {
    for (const { router } of this.#routers) router.close();
  }

  async #pipeOnce(id: string, target: RoomRouter, from: RoomRouter, options: types.PipeToRouterOptions): Promise<void> {
    if (from === target) return;
    const pipes = this.#piped.get(id) ?? new Map<RoomRouter, Promise<unknown>>();
    this.#piped.set(id, pipes);
    const piped = pipes.get(target) ?? from.router.pipeToRouter(options);
    pipes.set(target, piped);
    try {
      await piped;
    } catch (error) {
      pipes.delete(target);
      throw error;
    }
  }

  /** One more router; where every worker has one already, the emptiest there is. */
  async #grow(): Promise<RoomRouter> {
    const home = this.pool.leastLoaded(new Set(this.#routers.map((one) => one.home)));
    if (!home) return leastBusy(this.#routers) ?? raise();
    const opened = { router: await this.pool.createRouter(home), home, consumers: 0 };
    this.#routers.push(opened);
    await this.onOpened(opened);
    return opened;
  }
}

function raise(): never {
  throw new UnavailableError('No media worker is running just now.');
}
