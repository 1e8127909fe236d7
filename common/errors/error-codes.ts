/**
 * Every code a client can meet in `extensions.code`, with what it means. The one list: GraphQL, HTTP, jobs and the
 * documentation share it.
 */
export const ERROR_CODES = {
  BAD_USER_INPUT: 'An argument breaks a rule; `extensions.field` names it.',
  UNAUTHENTICATED: 'Nobody is signed in, or the token is invalid or expired.',
  FORBIDDEN: 'The signed-in user may not do this.',
  NOT_FOUND: 'It does not exist, or the signed-in user may not see it.',
  CONFLICT: 'It cannot be done in the present state.',
  LIMIT_EXCEEDED: 'A size, quota or complexity limit was passed.',
  RATE_LIMITED: 'Too many requests; try again later.',
  PERSISTED_QUERY_NOT_FOUND: 'No document is kept under this hash; send it again with its text.',
  PERSISTED_QUERY_NOT_SUPPORTED: 'Documents cannot be named by a hash here; send the text.',
  DOCUMENT_NOT_ALLOWED: 'Only documents of the manifest are executed here, and this one is not in it.',
  SPEND_LIMIT_REACHED: 'It would cost more than the spend limit allows (0 by default).',
  TIMED_OUT: 'It took longer than its time limit.',
  CANCELLED: 'It was cancelled before it finished.',
  UNAVAILABLE: 'A service it needs cannot be reached; trying again may help.',
  CURSOR_EXPIRED: 'The events after this cursor are no longer kept; load the present state and subscribe anew.',
  FILE_NOT_FOUND: 'The file does not exist or was never completely uploaded.',
  DOCUMENT_EMPTY: 'The document has no bytes.',
  DOCUMENT_TOO_LARGE: 'The document is larger than 20 MB.',
  DOCUMENT_TYPE_UNSUPPORTED: 'Only PDF, JPEG and PNG can be imported.',
  DOCUMENT_TYPE_MISMATCH: 'The bytes are not of the type the document claims to be.',
  DOCUMENT_CORRUPT: 'The document cannot be read.',
  DOCUMENT_ENCRYPTED: 'The document is protected by a password.',
  DOCUMENT_TOO_MANY_PAGES: 'The document has more pages than can be imported.',
  DOCUMENT_TOO_COMPLEX: 'The document asks for more memory or time than a page may take.',
  TICKET_INVALID: 'The ticket is forged, of another user, or of a session that is over: join the meeting again.',
  MEDIA_MOVED: 'The media of the meeting runs elsewhere now: join the meeting again to get a new session.',
  INTERNAL_SERVER_ERROR: 'Something failed inside; the trace id leads to it.',
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;
