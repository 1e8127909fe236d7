import type { EntityManager } from '@terakoya/common/database';

import { type Ended, endMeeting } from '../meeting/ending';
import type { MeetingEntity } from '../meeting/meeting.entity';
import { meetingRepository } from '../meeting/meeting.repository';
import type { MeetingWork, Scope } from '../meeting/meeting-work';
import { trackRepository } from '../media/track.repository';
import { pauseTracks } from '../media/tracks';
import { takeOut } from '../participant/leaving';
import type { MeetingRole, ParticipantEntity } from '../participant/participant.entity';
import { participantRepository } from '../participant/participant.repository';
import { roleInBreakout } from '../participant/permissions.policy';
import { tellMeeting, tellParticipant } from '../telling';
import { breakoutRepository } from './breakout.repository';
import { seatRepository } from './seat.repository';

/** The role in which a user comes into a breakout room now; null when they may not. */
export async function breakoutRoleOf(
  manager: EntityManager,
  { id, parentId, assignment }: MeetingEntity,
  userId: string,
): Promise<MeetingRole | null> {
  if (parentId === null) return null;
  const inParent = await participantRepository.ofUser(manager, parentId, userId);
  const seats = await seatRepository.ofUser(manager, userId, [id]);
  return roleInBreakout({ assignment }, inParent, seats.length > 0);
}

/** Somebody came into a breakout room: they leave its neighbours, and what they send to the meeting it belongs to pauses. */
export async function settleIn(work: MeetingWork, room: MeetingEntity, userId: string): Promise<void> {
  const { parentId } = room;
  if (parentId === null) return;
  await work.run(parentId, async (scope) => {
    const rooms = await breakoutRepository.openWith(scope.manager, parentId, userId);
    if (!rooms.some(({ id }) => id === room.id)) return; // they have gone on since
    const others = rooms.filter(({ id }) => id !== room.id);
    await withPresent(scope, others, userId, (there, participant) => takeOut(there, participant, 'LEFT'));
    const inParent = await participantRepository.ofUser(scope.manager, parentId, userId);
    if (inParent) await pauseTracks(scope, await trackRepository.liveOf(scope.manager, [inParent.id]), true);
  });
}

/**
 * Does something with a user wherever they are present in the open breakout rooms of a meeting. Every room is locked:
 * somebody who comes in at this moment is either not in yet and sees the change, or is in and found.
 */
export async function inOpenRooms(
  scope: Scope,
  userId: string,
  work: (there: Scope, participant: ParticipantEntity) => Promise<unknown>,
): Promise<void> {
  await withPresent(scope, await breakoutRepository.openOf(scope.manager, scope.meeting.id), userId, work);
}

async function withPresent(
  scope: Scope,
  rooms: readonly MeetingEntity[],
  userId: string,
  work: (there: Scope, participant: ParticipantEntity) => Promise<unknown>,
): Promise<void> {
  await eachOf(scope, rooms, async (there) => {
    const participant = await participantRepository.ofUser(scope.manager, there.meeting.id, userId);
    if (participant?.state === 'PRESENT') await work(there, participant);
  });
}

/** Closes breakout rooms of a meeting, those that are still open: everybody in them is asked to return. */
export async function closeRoomsOf(scope: Scope, rooms: readonly MeetingEntity[]): Promise<void> {
  const { manager, meeting } = scope;
  const inside: ParticipantEntity[] = [];
  await eachOf(scope, rooms, async (there) => {
    inside.push(...(await endMeeting(there)).inside);
  });
  if (rooms.length > 0) await askToReturn(manager, meeting.id, inside);
}

/** Tells those who were in a room that is closed to go back to the meeting it belongs to. */
export async function askToReturn(manager: EntityManager, parentId: string, inside: Ended['inside']): Promise<void> {
  const users = inside.map(({ userId }) => userId);
  for (const participant of await participantRepository.ofUsers(manager, parentId, users)) {
    await tellParticipant(manager, participant, 'BREAKOUT_CLOSED', { targetId: parentId });
  }
  await tellMeeting(manager, parentId, 'BREAKOUTS_CHANGED');
}

/**
 * Locks one room after the other. A meeting's lock comes before those of its rooms, which come in the order of their ids;
 * nobody who holds a room's lock asks for the meeting's.
 */
async function eachOf(
  { manager, after }: Scope,
  rooms: readonly MeetingEntity[],
  work: (there: Scope) => Promise<void>,
): Promise<void> {
  const ids = rooms.map(({ id }) => id).sort();
  for (const id of ids) {
    const meeting = await meetingRepository.lock(manager, id);
    if (meeting && !meeting.endedAt) await work({ manager, after, meeting });
  }
}
