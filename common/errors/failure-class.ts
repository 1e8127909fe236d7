import { isSchoolError } from './school-error';
import type { ErrorCode } from './error-codes';

/**
 * How a failed piece of work is to be treated: `transient` may succeed when tried again soon, `permanent` never will,
 * `unexpected` is a defect and is tried a few times in case it was chance.
 */
export type FailureClass = 'transient' | 'permanent' | 'unexpected';

const TRANSIENT: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['UNAVAILABLE', 'TIMED_OUT', 'RATE_LIMITED']);
const TRANSIENT_SYSTEM = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'EAI_AGAIN', 'ENOTFOUND']);

export function classifyError(error: unknown): FailureClass {
  if (isSchoolError(error)) {
    if (error.code === 'INTERNAL_SERVER_ERROR') return 'unexpected';
    return TRANSIENT.has(error.code) ? 'transient' : 'permanent';
  }
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && TRANSIENT_SYSTEM.has(code) ? 'transient' : 'unexpected';
}
