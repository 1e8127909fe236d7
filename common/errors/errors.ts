import { SchoolError } from './school-error';

/** An argument breaks a rule: names the field and the rule. */
export class BadInputError extends SchoolError {
  override readonly name = 'BadInputError';
  constructor(field: string, rule: string, cause?: unknown) {
    super('BAD_USER_INPUT', `${field}: ${rule}`, { cause, details: { field } });
  }
}

export class UnauthenticatedError extends SchoolError {
  override readonly name = 'UnauthenticatedError';
  constructor(message = 'Sign in first.', cause?: unknown) {
    super('UNAUTHENTICATED', message, { cause });
  }
}

export class ForbiddenError extends SchoolError {
  override readonly name = 'ForbiddenError';
  constructor(message = 'You may not do this.') {
    super('FORBIDDEN', message);
  }
}

/** Also thrown for what exists but may not be seen, so that ids cannot be probed. */
export class NotFoundError extends SchoolError {
  override readonly name = 'NotFoundError';
  /** `id` is for logs: clients know the thing by another one. */
  constructor(
    what: string,
    readonly id: string,
  ) {
    super('NOT_FOUND', `There is no such ${what} that you can see.`);
  }
}

export class ConflictError extends SchoolError {
  override readonly name = 'ConflictError';
  constructor(message: string, cause?: unknown) {
    super('CONFLICT', message, { cause });
  }
}

export class LimitExceededError extends SchoolError {
  override readonly name = 'LimitExceededError';
  constructor(message: string, details: Readonly<Record<string, unknown>> = {}) {
    super('LIMIT_EXCEEDED', message, { details });
  }
}

export class RateLimitedError extends SchoolError {
  override readonly name = 'RateLimitedError';
  constructor(retryAfterSeconds: number) {
    super('RATE_LIMITED', `Too many requests: try again in ${retryAfterSeconds} s.`, {
      details: { retryAfterSeconds },
    });
  }
}

/** Thrown before any connection to a vendor is opened. */
export class SpendLimitError extends SchoolError {
  override readonly name = 'SpendLimitError';
  constructor(limitUsd: number) {
    super('SPEND_LIMIT_REACHED', `The spend limit of ${limitUsd} USD does not allow this call.`, {
      details: { limitUsd },
    });
  }
}

export class TimedOutError extends SchoolError {
  override readonly name = 'TimedOutError';
  constructor(what: string, milliseconds: number, cause?: unknown) {
    super('TIMED_OUT', `${what} took longer than ${milliseconds} ms.`, { cause });
  }
}

/** Something outside this process cannot be reached just now; the same call may succeed later. */
export class UnavailableError extends SchoolError {
  override readonly name = 'UnavailableError';
  constructor(message: string, cause?: unknown) {
    super('UNAVAILABLE', message, { cause });
  }
}

/** A variable, a port or a tool is wrong or missing: one line that names it and the remedy. Ends the start. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}
