import { type Viewer, requireViewer } from '@terakoya/common/auth';
import type { EntityManager } from '@terakoya/common/database';

import { seatRepository } from '../breakout/seat.repository';
import { classMemberRepository } from '../class-member/class-member.repository';
import { participantRepository } from '../participant/participant.repository';
import { roleInBreakout } from '../participant/permissions.policy';
import type { MeetingEntity } from './meeting.entity';
import { canSeeMeeting } from './meeting.policy';
import { meetingRepository } from './meeting.repository';

/** Those of the meetings that the viewer may see; NOT in order. A breakout room is seen by those who may come into it. */
export async function visibleMeetings(
  manager: EntityManager,
  viewer: Viewer | null,
  ids: readonly string[],
): Promise<MeetingEntity[]> {
  const { userId } = requireViewer(viewer);
  const meetings = await meetingRepository.findByIds(manager, ids);
  const parentIds = meetings.flatMap(({ parentId }) => parentId ?? []);
  const parents = parentIds.length === 0 ? [] : await meetingRepository.findByIds(manager, parentIds);
  const known = [...meetings, ...parents];
  const classIds = known.flatMap(({ classId }) => classId ?? []);
  const memberships = await classMemberRepository.ofUser(manager, userId, classIds);
  const roles = new Map(memberships.map(({ classId, role }) => [classId, role]));
  const knownIds = known.map(({ id }) => id);
  const participations = await participantRepository.ofUserInMany(manager, userId, knownIds);
  const mine = new Map(participations.map((one) => [one.meetingId, one]));
  const seats = new Set(await seatRepository.ofUser(manager, userId, parentIds.length === 0 ? [] : knownIds));

  const isSeen = (meeting: MeetingEntity): boolean =>
    canSeeMeeting(meeting, userId, {
      classRole: roles.get(meeting.classId ?? '') ?? null,
      admittedAt: mine.get(meeting.id)?.admittedAt ?? null,
    });
  const seenParents = new Set(parents.filter(isSeen).map(({ id }) => id));
  return meetings.filter((meeting) => {
    const { id, parentId } = meeting;
    if (parentId === null) return isSeen(meeting);
    return seenParents.has(parentId) && roleInBreakout(meeting, mine.get(parentId) ?? null, seats.has(id)) !== null;
  });
}

/** Those of the rows whose meeting the viewer may see. */
export async function onlyVisible<R extends { readonly meetingId: string }>(
  manager: EntityManager,
  viewer: Viewer | null,
  rows: readonly R[],
): Promise<R[]> {
  const meetings = await visibleMeetings(manager, viewer, [...new Set(rows.map(({ meetingId }) => meetingId))]);
  const visible = new Set(meetings.map(({ id }) => id));
  return rows.filter(({ meetingId }) => visible.has(meetingId));
}
