import { z } from 'zod';

import { VendorFailure, type VendorFailureKind, kindOfBrokenConnection, kindOfStatus } from '../vendor-failure';

/** gRPC status codes (google.rpc.Code) that we tell apart. */
const DEADLINE_EXCEEDED = 4;
const RESOURCE_EXHAUSTED = 8;
const ABORTED = 10;
const INTERNAL = 13;
const UNAVAILABLE = 14;

const failureSchema = z.object({
  code: z.number().nullish(),
  httpStatusCode: z.number().nullish(),
  statusDetails: z.array(z.unknown()).nullish().catch(null),
});
const retryInfoSchema = z.object({
  retryDelay: z.object({ seconds: z.coerce.number().nullish(), nanos: z.number().nullish() }),
});

/** What @google-cloud/vision threw, in our terms. Its way to ask for patience is google.rpc.RetryInfo. */
export function visionFailure(error: unknown): VendorFailure {
  if (error instanceof VendorFailure) return error;
  const parsed = failureSchema.safeParse(error);
  const { code, httpStatusCode, statusDetails } = parsed.success ? parsed.data : {};
  const kind =
    typeof httpStatusCode === 'number'
      ? kindOfStatus(httpStatusCode)
      : code === UNAVAILABLE
        ? kindOfBrokenConnection(error)
        : kindOfCode(code);
  return new VendorFailure('google-vision', kind, {
    cause: error,
    retryAfterSeconds: (statusDetails ?? []).map(retryDelay).find((seconds) => seconds !== undefined),
  });
}

/** The failure that an answer to one image carries. */
export function kindOfCode(code: number | null | undefined): VendorFailureKind {
  if (code === RESOURCE_EXHAUSTED) return 'busy';
  if (code === UNAVAILABLE || code === INTERNAL || code === ABORTED) return 'down';
  return typeof code === 'number' && code !== DEADLINE_EXCEEDED ? 'refused' : 'lost';
}

function retryDelay(detail: unknown): number | undefined {
  const parsed = retryInfoSchema.safeParse(detail);
  if (!parsed.success) return undefined;
  const { seconds, nanos } = parsed.data.retryDelay;
  return (seconds ?? 0) + (nanos ?? 0) / 1e9;
}
