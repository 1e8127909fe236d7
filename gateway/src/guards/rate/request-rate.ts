import { RateLimitedError } from '@terakoya/common/errors';

import type { Asker } from '../../execution/subgraphs/subgraph-client';
import type { DocumentFacts } from '../graph-guards';
import { ALLOWED, type RateDecision, type RateLimit, type RateLimiter, type Withdrawal } from './rate-limit';

/** Who sends a request. */
export interface Requester extends Asker {
  readonly address: string;
}

export interface RequestRateOptions {
  readonly limiter: RateLimiter;
  /** Null for none. */
  readonly perUser: RateLimit | null;
  readonly perAddress: RateLimit | null;
  /** Attempts at one of the fields from one address. */
  readonly attempts: RateLimit;
  /** Root fields that tell a secret from a guess: each time one of them is executed is an attempt. */
  readonly attemptFields: ReadonlySet<string>;
}

/** What a request costs that never became an operation: it was parsed and checked all the same. */
const REFUSED_COST = 5;

/** The rate limits of requests: the cost of what is executed, per user and per address; and attempts at signing in. */
export interface RequestRate {
  /** Pays for an operation before it is executed. */
  ofOperation(requester: Requester, cost: number, facts: DocumentFacts): Promise<RateDecision>;
  /** Pays for a request that was refused. */
  ofRefusal(requester: Requester): Promise<RateDecision>;
}

/** For a gateway that limits nobody. */
export const UNLIMITED: RequestRate = { ofOperation: async () => ALLOWED, ofRefusal: async () => ALLOWED };

export function createRequestRate(options: RequestRateOptions): RequestRate {
  const { limiter, perUser, perAddress, attempts, attemptFields } = options;
  const shares = ({ viewer, address }: Requester, units: number): Withdrawal[] => {
    const withdrawals: Withdrawal[] = [];
    if (perUser && viewer) withdrawals.push({ limit: perUser, owner: viewer.userId, units });
    if (perAddress) withdrawals.push({ limit: perAddress, owner: address, units });
    return withdrawals;
  };
  return {
    ofOperation(requester, cost, { rootFields }) {
      const withdrawals = shares(requester, Math.max(1, cost));
      for (const [field, count] of rootFields) {
        if (!attemptFields.has(field)) continue;
        withdrawals.push({ limit: attempts, owner: `${field}:${requester.address}`, units: count });
      }
      return limiter.take(withdrawals);
    },
    ofRefusal: (requester) => limiter.take(shares(requester, REFUSED_COST)),
  };
}

/** RATE_LIMITED with the seconds to wait, when the decision is no. */
export function rateLimitedBy({ refusedBy, retryAfterMs }: RateDecision): RateLimitedError | null {
  return refusedBy ? new RateLimitedError(Math.max(1, Math.ceil(retryAfterMs / 1000))) : null;
}
