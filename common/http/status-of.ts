import type { ErrorCode } from '../errors';

const STATUS: Readonly<Partial<Record<ErrorCode, number>>> = {
  BAD_USER_INPUT: 400,
  UNAUTHENTICATED: 401,
  SPEND_LIMIT_REACHED: 402,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  LIMIT_EXCEEDED: 413,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
  TIMED_OUT: 504,
};

/**
 * The HTTP status of an error that our own services tell each other over plain HTTP; `otherwise` for codes that have none
 * of their own. GraphQL over HTTP has rules of its own.
 */
export function statusOf(code: ErrorCode, otherwise: 400 | 500 = 400): number {
  return STATUS[code] ?? otherwise;
}
