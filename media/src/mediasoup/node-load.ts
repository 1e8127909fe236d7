import type { WorkerPool } from './worker-pool';

/** How much of a node's capacity is in use: of what its routers should carry, or of its workers' CPU, whichever is more. */
export class NodeLoad {
  /** By worker, CPU milliseconds when it was last asked. */
  #used = new Map<number, number>();
  #measuredAt = performance.now();
  #cpu = 0;

  constructor(
    private readonly pool: WorkerPool,
    private readonly consumersPerRouter: number,
  ) {}

  /** 0 and up: more than 1 is more than the node should carry. */
  get share(): number {
    const { workers } = this.pool;
    const consumers = workers.reduce((sum, worker) => sum + worker.consumers, 0);
    return Math.max(consumers / (workers.length * this.consumersPerRouter), this.#cpu);
  }

  /** Measures the share of CPU since the last time. A worker has one thread: at most one core is its own. */
  async measure(): Promise<void> {
    const living = this.pool.workers.filter(({ worker }) => !worker.closed);
    const used = new Map(
      await Promise.all(
        living.map(async ({ worker }) => {
          const { ru_utime: user, ru_stime: system } = await worker.getResourceUsage();
          return [worker.pid, user + system] as const;
        }),
      ),
    );
    const now = performance.now();
    const spent = [...used].reduce((sum, [pid, total]) => sum + total - (this.#used.get(pid) ?? total), 0);
    this.#cpu = spent / Math.max(1, now - this.#measuredAt) / this.pool.workers.length;
    this.#used = used;
    this.#measuredAt = now;
  }
}
