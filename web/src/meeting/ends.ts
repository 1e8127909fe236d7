import type { WatchParticipantSubscription } from '../generated/graphql';
import { GraphError } from '../school/client';
import type { EndReason } from './meeting-state';

type OwnChange = Pick<WatchParticipantSubscription['participantChanged'], 'kind' | 'participant'>;

/** The end of a meeting for somebody, and what they are told of it. */
interface End {
  readonly reason: EndReason;
  readonly message: string;
}

/** Ends that are told, each with the state in which it leaves the participant; null when it leaves them in none. */
const ENDS: Partial<Record<OwnChange['kind'], End & { readonly state: string | null }>> = {
  DENIED: { state: 'DENIED', reason: 'DENIED', message: 'You were not let in.' },
  REMOVED: { state: 'REMOVED', reason: 'REMOVED', message: 'A moderator has put you out of the meeting.' },
  MEETING_ENDED: { state: null, reason: 'OVER', message: 'The meeting has ended.' },
};

/** The end that a change to oneself is; null when one stays. What is told may be of an earlier visit: the state is as it is now. */
export function endByChange({ kind, participant }: OwnChange): End | null {
  const end = ENDS[kind];
  return end && (end.state === null || end.state === participant.state) ? end : null;
}

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
