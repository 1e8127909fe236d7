import type { EntityManager } from '@terakoya/common/database';

import { tellMeeting } from '../telling';
import { ballotRepository } from './ballot.repository';
import type { PollEntity } from './poll.entity';
import { pollRepository } from './poll.repository';

/** Closes an open poll for good. Of an anonymous one it is forgotten who voted what. */
export async function closePoll(manager: EntityManager, poll: PollEntity): Promise<PollEntity> {
  const change = { state: 'CLOSED' as const, closedAt: new Date(), untoldSince: null };
  await pollRepository.update(manager, poll.id, change);
  if (poll.isAnonymous) await ballotRepository.forgetVoters(manager, poll.id);
  await tellMeeting(manager, poll.meetingId, 'POLL_CLOSED', { pollId: poll.id });
  return { ...poll, ...change };
}

/** Closes every open poll of a meeting that ends. */
export async function closePolls(manager: EntityManager, meetingId: string): Promise<void> {
  for (const poll of await pollRepository.openOf(manager, meetingId)) await closePoll(manager, poll);
}
