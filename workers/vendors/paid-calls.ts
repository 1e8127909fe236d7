import { faults } from '@terakoya/common/faults';
import { histogram, setSpanAttributes, withSpan } from '@terakoya/common/telemetry';

import type { Budget, PaidCall, Reservation, Usage } from './budget';
import type { RateLimiter } from './rate-limiter';
import { VendorFailure } from './vendor-failure';

/** The one way to a vendor: money first, then a turn, then the call with a time limit, then the bill. */
export interface PaidCalls {
  /** `work` makes the one request, without retries of its own, and throws a VendorFailure when it fails. */
  make<T>(
    call: PaidCall,
    signal: AbortSignal,
    work: (signal: AbortSignal) => Promise<{ readonly answer: T; readonly usage: Usage }>,
  ): Promise<T>;
  /** Lets no call begin for so long, as the vendor asked. */
  holdBack(seconds: number): void;
}

export interface PaidCallsOptions {
  readonly budget: Budget;
  readonly limiter: RateLimiter;
  /** How long one request may take. */
  readonly timeoutMs: number;
}

/** How long we hold back after a vendor said that it is busy without saying for how long. */
const BUSY_PAUSE_MS = 1_000;

const duration = histogram('terakoya_vendor_call_seconds', 'Calls to vendors, by vendor and how they ended.', [
  'vendor',
  'outcome',
]);

export function createPaidCalls({ budget, limiter, timeoutMs }: PaidCallsOptions): PaidCalls {
  faults.offer('vendor-errors');
  return {
    async make(call, signal, work) {
      signal.throwIfAborted();
      const reservation = await budget.reserve(call);
      const leave = await orRelease(reservation, () => limiter.enter(signal));
      try {
        await orRelease(reservation, () => reservation.send());
        const bounded = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
        const attributes = { 'gen_ai.provider.name': call.vendor, 'gen_ai.request.model': call.model };
        return await withSpan(`${call.vendor} ${call.model}`, { kind: 'client', attributes }, () =>
          billed(reservation, () => timed(call, () => failByFault(call) ?? work(bounded))),
        );
      } catch (error) {
        holdBack(limiter, error);
        signal.throwIfAborted(); // who cancelled wants to hear of that, not of the connection it cut
        throw error;
      } finally {
        leave();
      }
    },
    holdBack: (seconds) => limiter.pause(seconds * 1000),
  };
}

/** What a vendor that is down or busy answers, while that fault is on. */
function failByFault({ vendor }: PaidCall): Promise<never> | undefined {
  const fault = faults.active('vendor-errors');
  return fault && Promise.reject(new VendorFailure(vendor, fault.failure));
}

async function timed<T>({ vendor }: PaidCall, work: () => Promise<T>): Promise<T> {
  const ended = duration.startTimer({ vendor });
  try {
    const answer = await work();
    ended({ outcome: 'answered' });
    return answer;
  } catch (error) {
    ended({ outcome: error instanceof VendorFailure ? error.kind : 'failed' });
    throw error;
  }
}

async function orRelease<T>(reservation: Reservation, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    await reservation.release();
    throw error;
  }
}

async function billed<T>(
  reservation: Reservation,
  work: () => Promise<{ readonly answer: T; readonly usage: Usage }>,
): Promise<T> {
  let made: { readonly answer: T; readonly usage: Usage };
  try {
    made = await work();
  } catch (error) {
    const isFree = error instanceof VendorFailure && error.isFree;
    await (isFree ? reservation.release() : reservation.lose());
    throw error;
  }
  await reservation.settle(made.usage);
  setSpanAttributes({
    'gen_ai.usage.input_tokens': made.usage.inputTokens,
    'gen_ai.usage.output_tokens': made.usage.outputTokens,
    'terakoya.cost_micro_usd': made.usage.microUsd,
  });
  return made.answer;
}

function holdBack(limiter: RateLimiter, error: unknown): void {
  if (!(error instanceof VendorFailure)) return;
  if (error.retryAfterSeconds !== undefined) limiter.pause(error.retryAfterSeconds * 1000);
  else if (error.kind === 'busy') limiter.pause(BUSY_PAUSE_MS);
}
