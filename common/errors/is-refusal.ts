import type { ErrorCode } from './error-codes';

const REFUSALS: ReadonlySet<string> = new Set<ErrorCode>([
  'BAD_USER_INPUT',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'CONFLICT',
  'LIMIT_EXCEEDED',
  'RATE_LIMITED',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'DOCUMENT_NOT_ALLOWED',
  'SPEND_LIMIT_REACHED',
  'CANCELLED',
  'CURSOR_EXPIRED',
  'TICKET_INVALID',
  'MEDIA_MOVED',
]);

/** Whether an error of this code is an ordinary answer to what was asked, and tells of nothing that is broken here. */
export function isRefusal(code: string): boolean {
  return REFUSALS.has(code);
}
