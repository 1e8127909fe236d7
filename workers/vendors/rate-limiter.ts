import { RateLimitedError } from '@terakoya/common/errors';

import { reasonOf } from '../abortable';

export interface RateLimiterOptions {
  /** Most calls under way at the same time. */
  readonly concurrency: number;
  /** Most calls begun in any window. */
  readonly perWindow: number;
  /** Milliseconds; a minute unless a test says otherwise. */
  readonly windowMs?: number;
  /** How long a caller may wait for its turn, in milliseconds. */
  readonly patienceMs: number;
}

/** Keeps the calls to one vendor within bounds, first come first served. It is this process's own. */
export interface RateLimiter {
  /** Resolves with the function that ends the turn; RATE_LIMITED when it would take longer than our patience. */
  enter(signal: AbortSignal): Promise<() => void>;
  /** Nobody enters for so long: the vendor asked for it. */
  pause(milliseconds: number): void;
}

export function createRateLimiter(options: RateLimiterOptions): RateLimiter {
  const turns = new Turns(options);
  return {
    enter: (signal) => enter(turns, options.patienceMs, signal),
    pause: (milliseconds) => turns.pause(milliseconds),
  };
}

/** Who is next and when: knows the clock and the bounds, but no promises. */
class Turns {
  readonly #options: RateLimiterOptions;
  readonly #windowMs: number;
  readonly #queue: (() => void)[] = [];
  #begun: number[] = [];
  #underWay = 0;
  #pausedUntil = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: RateLimiterOptions) {
    this.#options = options;
    this.#windowMs = options.windowMs ?? 60_000;
  }

  pause(milliseconds: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, Date.now() + milliseconds);
  }

  /** Milliseconds until the clock allows the next call; 0 when it may begin. */
  clockWait(): number {
    const now = Date.now();
    this.#begun = this.#begun.filter((time) => time > now - this.#windowMs);
    const oldest = this.#begun.length < this.#options.perWindow ? undefined : this.#begun[0];
    return Math.max(this.#pausedUntil - now, oldest === undefined ? 0 : oldest + this.#windowMs - now, 0);
  }

  join(begin: () => void): void {
    this.#queue.push(begin);
    this.#advance();
  }

  giveUp(begin: () => void): void {
    this.#queue.splice(this.#queue.indexOf(begin), 1);
    this.#advance();
  }

  end(): void {
    this.#underWay -= 1;
    this.#advance();
  }

  #advance(): void {
    clearTimeout(this.#timer);
    while (this.#queue.length > 0 && this.#underWay < this.#options.concurrency) {
      const wait = this.clockWait();
      if (wait > 0) {
        this.#timer = setTimeout(() => this.#advance(), Math.ceil(wait));
        return;
      }
      this.#begun.push(Date.now());
      this.#underWay += 1;
      this.#queue.shift()?.();
    }
  }
}

function enter(turns: Turns, patienceMs: number, signal: AbortSignal): Promise<() => void> {
  if (signal.aborted) return Promise.reject(reasonOf(signal));
  const wait = turns.clockWait();
  if (wait > patienceMs) return Promise.reject(new RateLimitedError(Math.ceil(wait / 1000)));
  return new Promise((resolve, reject) => {
    const giveUp = (reason: Error): void => {
      stopWaiting();
      turns.giveUp(begin);
      reject(reason);
    };
    const onAbort = (): void => giveUp(reasonOf(signal));
    const onImpatience = (): void => giveUp(new RateLimitedError(Math.max(Math.ceil(turns.clockWait() / 1000), 1)));
    const impatient = setTimeout(onImpatience, patienceMs);
    const stopWaiting = (): void => {
      clearTimeout(impatient);
      signal.removeEventListener('abort', onAbort);
    };
    const begin = (): void => {
      stopWaiting();
      resolve(endOnce(turns));
    };
    signal.addEventListener('abort', onAbort, { once: true });
    turns.join(begin);
  });
}

function endOnce(turns: Turns): () => void {
  let isOver = false;
  return () => {
    if (!isOver) turns.end();
    isOver = true;
  };
}
