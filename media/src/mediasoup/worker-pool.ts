import type { types } from 'mediasoup';

import { closeInReverse } from '@terakoya/common/lifecycle';

import { ROUTER_CODECS } from './codecs';
import { startWorker } from './start-worker';

export interface WorkerPoolOptions {
  readonly workers: number;
  readonly workerBin: string | undefined;
  readonly listenIp: string;
  readonly announcedAddress: string | undefined;
  /** The first worker's port; the others follow. 0: whatever is free. */
  readonly port: number;
  /** A worker ended by itself; a new one has taken its place when this is called. */
  readonly onDied: (pid: number) => void;
}

/**
 * One socket takes what all participants of a worker send: Linux' default of 208 KiB holds 40 ms of a room of twenty, as
 * long as a key frame for many viewers takes. The system may allow less (net.core.rmem_max, wmem_max).
 */
const SOCKET_BUFFER_BYTES = 4 * 1024 * 1024;

/** A mediasoup worker, one process on one core, with the one port on which it takes the media of all its rooms. */
export interface MediaWorker {
  readonly worker: types.Worker;
  readonly server: types.WebRtcServer;
  /** Consumers of all its routers: what costs it time. */
  consumers: number;
}

/** The node's workers. One that dies is replaced. */
export class WorkerPool {
  readonly #workers: MediaWorker[] = [];
  #isClosed = false;

  private constructor(private readonly options: WorkerPoolOptions) {}

  static async open(options: WorkerPoolOptions): Promise<WorkerPool> {
    const pool = new WorkerPool(options);
    try {
      for (let index = 0; index < options.workers; index += 1) pool.#workers[index] = await pool.#start(index);
    } catch (error) {
      await pool.close();
      throw error;
    }
    return pool;
  }

  get workers(): readonly MediaWorker[] {
    return this.#workers;
  }

  /** Where plain transports listen: each has a port of its own, which the system chooses. */
  get plainListenInfo(): types.TransportListenInfo {
    const { listenIp, announcedAddress } = this.options;
    return { protocol: 'udp', ip: listenIp, ...(announcedAddress ? { announcedAddress } : {}) };
  }

  /** The worker with the fewest consumers, those in `except` left out; undefined when none is left. */
  leastLoaded(except: ReadonlySet<MediaWorker>): MediaWorker | undefined {
    return leastBusy(this.#workers.filter((one) => !except.has(one) && !one.worker.closed));
  }

  createRouter({ worker }: MediaWorker): Promise<types.Router> {
    return worker.createRouter({ mediaCodecs: ROUTER_CODECS });
  }

  /** Resolves while every worker lives. */
  async ready(): Promise<void> {
    await Promise.all(this.#workers.map(({ worker }) => worker.getResourceUsage()));
  }

  /** Lets a worker die as by `kill -9`: a fault on purpose. */
  killOne(): undefined {
    const [first] = this.#workers;
    if (first) process.kill(first.worker.pid, 'SIGKILL');
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await closeInReverse(this.#workers.map(({ worker }) => ({ close: () => ended(worker) })));
  }

  async #start(index: number): Promise<MediaWorker> {
    const { workerBin, onDied } = this.options;
    const worker = await startWorker({ logLevel: 'error', ...(workerBin === undefined ? {} : { workerBin }) });
    const server = await this.#listen(worker, index);
    worker.once('died', () => {
      if (this.#isClosed) return;
      void this.#start(index).then(
        (replacement) => {
          this.#workers[index] = replacement;
          onDied(worker.pid);
        },
        (error: unknown) =>
          process.nextTick(() => {
            throw error;
          }), // a node that cannot start workers is of no use
      );
    });
    return { worker, server, consumers: 0 };
  }

  /** Opens the worker's port; a worker that cannot have it is closed. */
  async #listen(worker: types.Worker, index: number): Promise<types.WebRtcServer> {
    const { port, listenIp, announcedAddress } = this.options;
    const listen = {
      ip: listenIp,
      port: port === 0 ? 0 : port + index,
      ...(announcedAddress ? { announcedAddress } : {}),
      recvBufferSize: SOCKET_BUFFER_BYTES,
      sendBufferSize: SOCKET_BUFFER_BYTES,
    };
    const protocols = ['udp', 'tcp'] as const;
    try {
      return await worker.createWebRtcServer({ listenInfos: protocols.map((protocol) => ({ protocol, ...listen })) });
    } catch (error) {
      await ended(worker);
      throw error;
    }
  }
}

/** The one with the fewest consumers; undefined when there is none. */
export function leastBusy<T extends { readonly consumers: number }>(all: readonly T[]): T | undefined {
  return [...all].sort((one, other) => one.consumers - other.consumers)[0];
}

/** Closes a worker and waits until its process has ended. */
async function ended(worker: types.Worker): Promise<void> {
  if (worker.subprocessClosed) return;
  const gone = new Promise<void>((resolve) => worker.once('subprocessclose', () => resolve()));
  worker.close();
  await gone;
}
