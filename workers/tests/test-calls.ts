import type { Budget, PaidCall, Usage } from '../vendors/budget';
import { SpendLimitError } from '@terakoya/common/errors';
import { type PaidCalls, createPaidCalls } from '../vendors/paid-calls';
import { createRateLimiter } from '../vendors/rate-limiter';

/** What became of each call, in order. */
export type CallRecord = PaidCall & { end?: 'settled' | 'released' | 'lost'; usage?: Usage };

/** Calls whose budget is kept in memory, to test adapters without a database; the real one has tests of its own. */
export function createTestCalls({ limitUsd = 1, timeoutMs = 2_000, patienceMs = 5_000 } = {}): {
  readonly paidCalls: PaidCalls;
  readonly records: readonly CallRecord[];
} {
  const records: CallRecord[] = [];
  const budget: Budget = {
    async reserve(call) {
      if (call.worstMicroUsd > limitUsd * 1_000_000) throw new SpendLimitError(limitUsd);
      const record: CallRecord = { ...call };
      records.push(record);
      return {
        send: async () => undefined,
        settle: async (usage) => void Object.assign(record, { end: 'settled', usage }),
        release: async () => void Object.assign(record, { end: 'released' }),
        lose: async () => void Object.assign(record, { end: 'lost' }),
      };
    },
  };
  const limiter = createRateLimiter({ concurrency: 4, perWindow: 100, patienceMs });
  return { paidCalls: createPaidCalls({ budget, limiter, timeoutMs }), records };
}
