import { UnavailableError } from '@terakoya/common/errors';

import { RateLimit, type RateLimitOptions } from '../rate-limit';
import { inStep } from '../steps';

export interface GateOptions extends RateLimitOptions {
  /** How many come through at a time. */
  readonly atOnce: number;
  /** How many may wait for their turn, and how long. */
  readonly waiting: number;
  readonly waitingMs: number;
}

/**
 * Lets a bounded number of joins through at a time, and each user so often: a crowd at the door keeps nobody inside from
 * what they do. RATE_LIMITED for a user who comes too often, UNAVAILABLE when too many wait, or for too long.
 */
export class Gate {
  #inside = 0;
  readonly #queue: (() => void)[] = [];
  readonly #visits: RateLimit;

  constructor(
    private readonly options: GateOptions,
    now: () => number = Date.now,
  ) {
    this.#visits = new RateLimit(options, now);
  }

  async pass<T>(userId: string, work: () => Promise<T>): Promise<T> {
    this.#visits.count(userId);
    await inStep('gate', () => this.#enter());
    try {
      return await work();
    } finally {
      this.#leave();
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
