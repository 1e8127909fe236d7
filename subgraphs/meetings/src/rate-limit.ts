import { RateLimitedError } from '@terakoya/common/errors';

export interface RateLimitOptions {
  /** How often one user may come within the window. */
  readonly perUser: number;
  readonly windowMs: number;
}

/** Lets each user do something so often within a while; each process counts for itself. */
export class RateLimit {
  readonly #visits = new Map<string, number[]>();

  constructor(
    private readonly options: RateLimitOptions,
    private readonly now: () => number = Date.now,
  ) {}

  /** RATE_LIMITED for a user who comes too often. */
  count(userId: string): void {
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
}
