import { APIConnectionError, APIError, APIUserAbortError } from 'openai';

import { VendorFailure, kindOfBrokenConnection, kindOfStatus, parseRetryAfter } from '../vendor-failure';

/** What the openai package threw, in our terms. */
export function openaiFailure(error: unknown): unknown {
  if (error instanceof APIUserAbortError) return new VendorFailure('openai', 'lost', { cause: error });
  if (error instanceof APIConnectionError) {
    return new VendorFailure('openai', kindOfBrokenConnection(error), { cause: error });
  }
  if (!(error instanceof APIError)) return new VendorFailure('openai', 'lost', { cause: error });
  const status: unknown = error.status;
  const headers: unknown = error.headers;
  return new VendorFailure('openai', typeof status === 'number' ? kindOfStatus(status) : 'lost', {
    cause: error,
    retryAfterSeconds: parseRetryAfter(headers instanceof Headers ? headers.get('retry-after') : undefined),
  });
}
