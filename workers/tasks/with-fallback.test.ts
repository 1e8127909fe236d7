import { summariseNotebook } from '@terakoya/common/contracts';
import { SpendLimitError, UnavailableError } from '@terakoya/common/errors';

import { withFallback } from './with-fallback';
import { VendorFailure } from '../vendors/vendor-failure';

const run = (attempt: number, signal = new AbortController().signal) => ({ jobId: 'job', attempt, signal });

async function outcome(error: Error, attempt: number, signal?: AbortSignal) {
  const reasons: string[] = [];
  const result = await withFallback({
    contract: summariseNotebook,
    run: run(attempt, signal),
    paid: () => Promise.reject(error),
    local: () => Promise.resolve('local'),
    onFallback: (reason) => reasons.push(reason),
  });
  return { result, reasons };
}

it.each([
  ['the spend limit', new SpendLimitError(0), 'SPEND_LIMIT_REACHED'],
  ['a refused key', new VendorFailure('openai', 'refused'), 'INTERNAL_SERVER_ERROR'],
  ['an answer that is not understood', new VendorFailure('openai', 'malformed'), 'INTERNAL_SERVER_ERROR'],
])('takes the local way at once for %s', async (_name, error, reason) => {
  await expect(outcome(error, 1)).resolves.toEqual({ result: 'local', reasons: [reason] });
});

it('lets the job be tried again while the vendor is only away, and falls back with the last attempt', async () => {
  const error = new UnavailableError('away');
  await expect(outcome(error, summariseNotebook.attempts - 1)).rejects.toBe(error);
  await expect(outcome(error, summariseNotebook.attempts)).resolves.toEqual({
    result: 'local',
    reasons: ['UNAVAILABLE'],
  });
});

it('does nothing more for a cancelled job', async () => {
  const controller = new AbortController();
  controller.abort(new Error('cancelled'));
  await expect(outcome(new SpendLimitError(0), 1, controller.signal)).rejects.toThrow('cancelled');
});
