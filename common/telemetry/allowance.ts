export interface AllowanceOptions {
  /** How many may come at once. */
  readonly burst: number;
  /** How many more may come with each second. */
  readonly eachSecond: number;
}

/** Lets through so many in a burst, and so many each second after it. */
export class Allowance {
  #left: number;
  #filledAt: number;

  constructor(
    private readonly options: AllowanceOptions,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.#left = options.burst;
    this.#filledAt = now();
  }

  /** Whether one more may come now; if so it has been counted. */
  take(): boolean {
    const { burst, eachSecond } = this.options;
    const now = this.now();
    this.#left = Math.min(burst, this.#left + ((now - this.#filledAt) / 1_000) * eachSecond);
    this.#filledAt = now;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
