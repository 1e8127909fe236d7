export { isRefusal } from './is-refusal';
export { SchoolError, isSchoolError, messageOf } from './school-error';
export { ERROR_CODES, type ErrorCode } from './error-codes';
export {
  BadInputError,
  ConfigurationError,
  ConflictError,
  ForbiddenError,
  LimitExceededError,
  NotFoundError,
  RateLimitedError,
  SpendLimitError,
  TimedOutError,
  UnauthenticatedError,
  UnavailableError,
} from './errors';
export { classifyError, systemCodeOf, type FailureClass } from './failure-class';
