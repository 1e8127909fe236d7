import { GraphError } from '../school/client';
import type { EndReason } from './meeting-state';

/**
 * What a refusal to join means for good; null for what may be otherwise in a moment. Who was in the meeting may always come
 * back, unless they were put out of it or of its class.
 */
export function endOf(error: unknown, { wasIn }: { readonly wasIn: boolean }): EndReason | null {
  if (!(error instanceof JoinRefused)) return null;
  switch (error.code) {
    case 'CONFLICT':
      return 'OVER';
    case 'FORBIDDEN':
    case 'NOT_FOUND':
      return wasIn ? 'REMOVED' : 'REFUSED';
    case 'BAD_USER_INPUT':
    case 'LIMIT_EXCEEDED':
    case 'UNAUTHENTICATED':
      return 'REFUSED';
    default:
      return null;
  }
}

/** Rethrows an error of the request to join as what it is. */
export function asRefusal(error: unknown): never {
  throw error instanceof GraphError ? new JoinRefused(error) : error;
}

/** The school does not let one join; other errors are of what is signalled afterwards. */
class JoinRefused extends GraphError {
  constructor({ message, code }: GraphError) {
    super(message, code);
  }
}
