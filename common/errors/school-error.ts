import type { ErrorCode } from './error-codes';

/**
 * An error that we know: its message may be shown to a user, its code is part of the API.
 * Everything else that is thrown is a defect and reaches clients as INTERNAL_SERVER_ERROR.
 */
export class SchoolError extends Error {
  override readonly name: string = 'SchoolError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly options: { readonly cause?: unknown; readonly details?: Readonly<Record<string, unknown>> } = {},
  ) {
    super(message, { cause: options.cause });
  }

  /** Facts for the client besides code and message, such as `field`; never anything internal. */
  get details(): Readonly<Record<string, unknown>> {
    return this.options.details ?? {};
  }
}

export function isSchoolError(error: unknown): error is SchoolError {
  return error instanceof SchoolError;
}

/** The message of whatever was thrown, for logs and for wrapping. */
export function messageOf(error: unknown): string {
  const isError = typeof error === 'object' && error !== null && 'message' in error;
  return isError ? String(error.message) : String(error);
}
