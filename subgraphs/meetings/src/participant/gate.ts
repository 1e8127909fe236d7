import { RateLimitedError, UnavailableError } from '@terakoya/common/errors';

export interface GateOptions {
  /** How many come through at a time. */
  readonly atOnce: number;
  /** How many may wait for their turn, and how long. */
  readonly waiting: number;
  readonly waitingMs: number;
  /** How often one user may come within the window. */
  readonly perUser: number;
  readonly windowMs: number;
}

/**
 * Lets a bounded number of joins through at a time, and each user so often: a crowd at the door keeps nobody inside from
 * what they do. RATE_LIMITED for a user who comes too often, UNAVAILABLE when too many wait, or for too long.
 */
export class Gate {
  #inside = 0;
  readonly #queue: (() => void)[] = [];
  readonly #visits = new Map<string, number[]>();

  constructor(
    private readonly options: GateOptions,
    private readonly now: () => number = Date.now,
  ) {}

  async pass<T>(userId: string, work: () => Promise<T>): Promise<T> {
    this.#count(userId);
    await this.#enter();
    try {
      return await work();
    } finally {
      this.#leave();
    }
  }

  #count(userId: string): void {
    const since = this.now() - this.options.windowMs;
    const recent = (this.#visits.get(userId) ?? []).filter((time) => time > since);
    const [oldest = 0] = recent;
    if (recent.length >= this.options.perUser) throw new RateLimitedError(Math.ceil((oldest - since) / 1_000));
    this.#visits.delete(userId); // the map is in the order of the last visits
    this.#visits.set(userId, [...recent, this.now()]);
    for (const [visitor, times] of this.#visits) {
      if ((times.at(-1) ?? 0) > since) break;
      this.#visits.delete(visitor);
    }
  }

  async #enter(): Promise<void> {
    if (this.#inside < this.options.atOnce) {
      this.#inside += 1;
      return;
    }
    if (this.#queue.length >= this.options.waiting) throw tooMany();
    await this.#turn();
  }

  #turn(): Promise<void> {
    return new Promise((resolve, reject) => {
      const come = (): void => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#queue.splice(this.#queue.indexOf(come), 1);
        reject(tooMany());
      }, this.options.waitingMs);
      this.#queue.push(come);
    });
  }

  /** Whoever waits longest takes the place that becomes free. */
  #leave(): void {
    const next = this.#queue.shift();
    if (next) next();
    else this.#inside -= 1;
  }
}

function tooMany(): UnavailableError {
  return new UnavailableError('Too many are joining: try again in a moment.');
}
