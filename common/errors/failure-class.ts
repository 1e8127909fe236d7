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
  return TRANSIENT_SYSTEM.has(systemCodeOf(error)) ? 'transient' : 'unexpected';
}

/** The code of a system or library error (`ENOENT`, `ECONNREFUSED`, …), whichever realm made it; '' without one. */
export function systemCodeOf(error: unknown): string {
  const hasCode = typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string';
  return hasCode ? String(error.code) : '';
}
