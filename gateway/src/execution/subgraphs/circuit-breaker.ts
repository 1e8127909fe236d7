/** What a circuit breaker goes by. */
export interface CircuitOptions {
  /** So many failures in a row open it. */
  readonly failures: number;
  /** How long it stays open before one request may try again, in milliseconds; doubled after each failed try. */
  readonly pauseMs: number;
  readonly longestPauseMs: number;
}

/** Closed: requests pass. Open: none do. Half open: one is on its way to try. */
export type CircuitState = 'closed' | 'open' | 'half-open';

/**
 * Keeps requests away from a server that does not answer, so that neither it nor those who wait for it are held up
 * (circuit breaker, M. Nygard, Release It!).
 */
export class CircuitBreaker {
  #failures = 0;
  #state: CircuitState = 'closed';
  #pauseMs: number;
  #retryAt = 0;

  constructor(
    private readonly options: CircuitOptions,
    private readonly onChange: (state: CircuitState) => void = () => undefined,
    private readonly now: () => number = Date.now,
  ) {
    this.#pauseMs = options.pauseMs;
  }

  get state(): CircuitState {
    return this.#state;
  }

  /** Whether a request may be sent now. When it may, `succeeded` or `failed` must be told of it. */
  tryEnter(): boolean {
    if (this.#state === 'closed') return true;
    if (this.#state === 'half-open' || this.now() < this.#retryAt) return false;
    this.#become('half-open');
    return true;
  }

  succeeded(): void {
    this.#failures = 0;
    this.#become('closed');
    this.#pauseMs = this.options.pauseMs;
  }

  failed(): void {
    this.#failures += 1;
    const wasProbe = this.#state === 'half-open';
    if (!wasProbe && this.#failures < this.options.failures) return;
    if (wasProbe) this.#pauseMs = Math.min(this.#pauseMs * 2, this.options.longestPauseMs);
    this.#become('open');
    this.#retryAt = this.now() + this.#pauseMs;
  }

  #become(state: CircuitState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.onChange(state);
  }
}
