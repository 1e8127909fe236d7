import { Pool, errors as undiciErrors } from 'undici';

import {
  LimitExceededError,
  SchoolError,
  TimedOutError,
  UnavailableError,
  isSchoolError,
  systemCodeOf,
} from '@terakoya/common/errors';

import { CircuitBreaker } from './circuit-breaker';
import type { SubgraphEvents } from './subgraph-events';
import { type Post, type PostAnswer, PostTimeout, post } from './post';

export interface TargetOptions {
  /** How long a subgraph may take, in milliseconds. */
  readonly timeoutMs: number;
  /** Largest response body in bytes. */
  readonly maxResponseBytes: number;
  /** Most connections to one subgraph. */
  readonly connections: number;
  /** Most requests that may be on their way to one subgraph, waiting ones included: a slow one must not hold all. */
  readonly maxPending: number;
}

/** Failures that open the circuit, and how long it rests. */
const CIRCUIT = { failures: 10, pauseMs: 500, longestPauseMs: 5_000 };

interface Question<T> extends Pick<Post, 'headers' | 'body' | 'signal'> {
  readonly read: (answer: PostAnswer) => T;
}

/** One subgraph: its address, its connections, and what is known of its health. */
export class SubgraphTarget {
  readonly #pool: Pool;
  readonly #path: string;
  readonly #circuit: CircuitBreaker;
  #pending = 0;

  constructor(
    private readonly name: string,
    url: string,
    private readonly options: TargetOptions,
    private readonly events: SubgraphEvents,
  ) {
    this.#circuit = new CircuitBreaker(CIRCUIT, (state) => events.circuit(name, state));
    events.circuit(name, this.#circuit.state);
    const { origin, pathname, search } = new URL(url);
    this.#path = pathname + search;
    this.#pool = new Pool(origin, {
      connections: options.connections,
      keepAliveTimeout: 4_000, // below the 5 s after which Node.js servers close an idle connection
      connectTimeout: Math.min(options.timeoutMs, 3_000),
      headersTimeout: 0, // each exchange has one deadline for all of it
      bodyTimeout: 0,
      maxResponseSize: options.maxResponseBytes,
    });
  }

  /**
   * What `read` makes of the answer to a body; sent once more when the connection broke and `isRepeatable`. Throws what
   * `read` throws, UNAVAILABLE, TIMED_OUT, LIMIT_EXCEEDED or CANCELLED.
   */
  async ask<T>({ isRepeatable, ...asked }: Question<T> & { readonly isRepeatable: boolean }): Promise<T> {
    try {
      return await this.#attempt(asked);
    } catch (error) {
      if (isRepeatable && wasConnectionLost(error)) return this.#attempt(asked);
      throw error;
    }
  }

  /** Resolves when the subgraph answers at `/health`. */
  async check(): Promise<void> {
    const response = await this.#pool.request({ method: 'GET', path: '/health', signal: AbortSignal.timeout(1_500) });
    await response.body.dump();
    if (response.statusCode !== 200) throw new UnavailableError(`${this.name} is not healthy.`);
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }

  async #attempt<T>({ read, ...asked }: Question<T>): Promise<T> {
    if (this.#pending >= this.options.maxPending) {
      throw new UnavailableError(`${this.name} has more to do than it can take just now.`);
    }
    if (!this.#circuit.tryEnter()) throw new UnavailableError(`${this.name} cannot be reached just now.`);
    this.#pending += 1;
    const began = performance.now();
    let outcome = 'answered';
    try {
      const answer = await post(this.#pool, { ...asked, path: this.#path, timeoutMs: this.options.timeoutMs });
      this.#circuit.succeeded();
      return read(answer);
    } catch (error) {
      if (isSchoolError(error)) {
        // It lives, so its circuit stays closed; what it said is no answer all the same.
        outcome = error.code;
        throw error;
      }
      const known = this.#toSchoolError(error, asked.signal);
      outcome = known.code;
      const isItsFault = known.code === 'UNAVAILABLE' || known.code === 'TIMED_OUT';
      if (isItsFault) this.#circuit.failed();
      else this.#circuit.succeeded();
      throw known;
    } finally {
      this.#pending -= 1;
      this.events.asked(this.name, (performance.now() - began) / 1000, outcome);
    }
  }

  #toSchoolError(error: unknown, signal: AbortSignal | undefined): SchoolError {
    if (signal?.aborted) return new SchoolError('CANCELLED', 'The request was cancelled.', { cause: error });
    if (error instanceof PostTimeout) return new TimedOutError(this.name, this.options.timeoutMs, error);
    if (error instanceof undiciErrors.ResponseExceededMaxSizeError) {
      return new LimitExceededError(`The answer of ${this.name} is too large.`);
    }
    return new UnavailableError(`${this.name} cannot be reached just now.`, error);
  }
}

/** The server closed a kept-alive connection while the request was on its way. */
function wasConnectionLost(error: unknown): boolean {
  const cause = error instanceof SchoolError ? error.cause : error;
  return ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'].includes(systemCodeOf(cause));
}
