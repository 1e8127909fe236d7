import { type ErrorCode, SchoolError, systemCodeOf } from '@terakoya/common/errors';

/**
 * How a vendor failed: `busy` (429) and `down` (5xx, not reachable) pass; `refused` (wrong key or request) and
 * `malformed` (an answer that is not what was asked for) do not; `lost` means no answer came, so that nobody knows
 * whether the work was done and will be billed.
 */
export type VendorFailureKind = 'busy' | 'down' | 'refused' | 'malformed' | 'lost';

const CODES: Readonly<Record<VendorFailureKind, ErrorCode>> = {
  busy: 'RATE_LIMITED',
  down: 'UNAVAILABLE',
  lost: 'UNAVAILABLE',
  refused: 'INTERNAL_SERVER_ERROR',
  malformed: 'INTERNAL_SERVER_ERROR',
};

/** A vendor's failure in our terms. Its message names the vendor and nothing the vendor said. */
export class VendorFailure extends SchoolError {
  override readonly name = 'VendorFailure';

  constructor(
    vendor: string,
    readonly kind: VendorFailureKind,
    options: { readonly cause?: unknown; readonly retryAfterSeconds?: number } = {},
  ) {
    const { retryAfterSeconds } = options;
    super(CODES[kind], `${vendor}: ${MESSAGES[kind]}`, {
      cause: options.cause,
      details: retryAfterSeconds === undefined ? {} : { retryAfterSeconds },
    });
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** How long the vendor asks us to wait. */
  readonly retryAfterSeconds: number | undefined;

  /** Whether it is certain that the vendor did nothing that costs. */
  get isFree(): boolean {
    return this.kind === 'busy' || this.kind === 'down' || this.kind === 'refused';
  }
}

const MESSAGES: Readonly<Record<VendorFailureKind, string>> = {
  busy: 'too many requests',
  down: 'not available',
  lost: 'no answer came in time',
  refused: 'the request was refused',
  malformed: 'the answer was not understood',
};

/** The kind of failure an HTTP status means. */
export function kindOfStatus(status: number): VendorFailureKind {
  if (status === 429) return 'busy';
  if (status >= 500 || status === 408) return 'down';
  return 'refused';
}

const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT', 'EHOSTUNREACH']);

/** `down` when no connection came about, so that nothing was sent; `lost` otherwise. Looks through the causes. */
export function kindOfBrokenConnection(error: unknown): VendorFailureKind {
  let cause: unknown = error;
  for (let depth = 0; depth < 5 && typeof cause === 'object' && cause !== null; depth += 1) {
    if (NEVER_SENT.has(systemCodeOf(cause))) return 'down';
    cause = 'cause' in cause ? cause.cause : undefined;
  }
  return 'lost';
}

const LONGEST_RETRY_AFTER_SECONDS = 600;

/** Retry-After in seconds or as a date (RFC 9110, 10.2.3), at most ten minutes; undefined for anything else. */
export function parseRetryAfter(value: string | null | undefined, now = Date.now()): number | undefined {
  if (!value) return undefined;
  const seconds = /^\d+(\.\d+)?$/.test(value) ? Number(value) : (Date.parse(value) - now) / 1000;
  if (!Number.isFinite(seconds)) return undefined;
  return Math.min(Math.max(seconds, 0), LONGEST_RETRY_AFTER_SECONDS);
}
