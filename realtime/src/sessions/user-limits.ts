import { LimitExceededError } from '@terakoya/common/errors';

/** What one user may have open at a time, over all connections of this process. */
export interface UserLimitsOptions {
  readonly maxConnections: number;
  readonly maxSubscriptions: number;
}

/** Counts what each user has open. */
export class UserLimits {
  readonly #connections = new Map<string, number>();
  readonly #subscriptions = new Map<string, number>();

  constructor(private readonly options: UserLimitsOptions) {}

  /** Counts one connection more and gives the way to count it out again; LIMIT_EXCEEDED when there are too many. */
  enterConnection(userId: string): () => void {
    return enter(this.#connections, userId, 'connections', this.options.maxConnections);
  }

  /** The same for a subscription. */
  enterSubscription(userId: string): () => void {
    return enter(this.#subscriptions, userId, 'subscriptions', this.options.maxSubscriptions);
  }
}

function enter(counts: Map<string, number>, userId: string, what: string, maximum: number): () => void {
  const count = counts.get(userId) ?? 0;
  if (count >= maximum) {
    throw new LimitExceededError(`A user may have at most ${maximum} ${what} at a time.`, {
      limit: `${what} of a user`,
      maximum,
    });
  }
  counts.set(userId, count + 1);
  let isIn = true;
  return () => {
    if (!isIn) return;
    isIn = false;
    const left = (counts.get(userId) ?? 1) - 1;
    if (left === 0) counts.delete(userId);
    else counts.set(userId, left);
  };
}
