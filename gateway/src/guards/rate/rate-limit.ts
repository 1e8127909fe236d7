/** So many units in so many milliseconds, which may also come at once. */
export interface RateLimit {
  /** As clients read it in `RateLimit-Policy`. */
  readonly name: string;
  readonly units: number;
  readonly windowMs: number;
}

/** What a request takes from one bucket. */
export interface Withdrawal {
  readonly limit: RateLimit;
  /** Whose bucket, such as `user:<id>`; unique together with the limit's name. */
  readonly owner: string;
  readonly units: number;
}

/** How a bucket stands after a request. */
export interface BucketState {
  readonly limit: RateLimit;
  /** Units left, rounded down. */
  readonly remaining: number;
  /** Until it is full again, in milliseconds. */
  readonly fullInMs: number;
}

export interface RateDecision {
  /** Null when the request may go on; else the first limit that it passes. Then nothing was taken from any bucket. */
  readonly refusedBy: RateLimit | null;
  /** When the same request would fit, in milliseconds; 0 when it fits. */
  readonly retryAfterMs: number;
  readonly buckets: readonly BucketState[];
}

/** Takes from all of the buckets, or from none. */
export interface RateLimiter {
  take(withdrawals: readonly Withdrawal[]): Promise<RateDecision>;
}

export const ALLOWED: RateDecision = { refusedBy: null, retryAfterMs: 0, buckets: [] };
