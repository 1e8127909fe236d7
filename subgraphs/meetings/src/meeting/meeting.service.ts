import { v7 as uuid } from 'uuid';

import { type Viewer, canTeach, requireViewer } from '@terakoya/common/auth';
import { type Database, type Page, type PageRequest, idCursor, pageOf, pagesOf } from '@terakoya/common/database';
import { ForbiddenError, NotFoundError } from '@terakoya/common/errors';

import { breakoutRepository } from '../breakout/breakout.repository';
import { askToReturn, closeRoomsOf } from '../breakout/rooms';
import { classMemberRepository } from '../class-member/class-member.repository';
import type { ClassMemberService } from '../class-member/class-member.service';
import type { MeetingEvents } from '../events';
import { enforcePermissions } from '../media/tracks';
import { participantRepository } from '../participant/participant.repository';
import { tellMeeting } from '../telling';
import { endMeeting } from './ending';
import type { MeetingEntity, MeetingPolicy } from './meeting.entity';
import { meetingRepository } from './meeting.repository';
import { policyOf } from './meeting.policy';
import type { MeetingWork } from './meeting-work';
import { visibleMeetings } from './visible-meetings';

export interface NewMeeting {
  readonly title: string;
  readonly classId?: string | null;
  readonly startsAt?: Date | null;
  readonly policy?: Partial<MeetingPolicy>;
}

export interface MeetingChange {
  readonly title?: string;
  readonly startsAt?: Date | null;
  readonly policy?: Partial<MeetingPolicy>;
}

/** Meetings: lessons of classes and those that are open to whoever has their id. */
export class MeetingService {
  constructor(
    private readonly database: Database,
    private readonly work: MeetingWork,
    private readonly classMembers: ClassMemberService,
    private readonly events: MeetingEvents,
  ) {}

  /** A lesson is made by a teacher of its class, another meeting by whoever teaches; NOT_FOUND for a class one is not in. */
  async create(viewer: Viewer | null, input: NewMeeting): Promise<MeetingEntity> {
    const signedIn = requireViewer(viewer);
    const classId = input.classId ?? null;
    if (classId !== null) await this.#mustTeach(classId, signedIn.userId);
    else if (!canTeach(signedIn)) throw new ForbiddenError('Only teachers and admins may make meetings of no class.');
    const meeting: MeetingEntity = {
      id: uuid(),
      parentId: null,
      assignment: null,
      closesAt: null,
      classId,
      hostId: signedIn.userId,
      title: input.title.trim(),
      policy: policyOf(classId, input.policy),
      isLocked: false,
      spotlightId: null,
      nextEpoch: 1,
      createdAt: new Date(),
      startsAt: input.startsAt ?? null,
      endedAt: null,
    };
    await meetingRepository.insert(this.database.manager, meeting);
    this.events.created(meeting.id);
    return meeting;
  }

  /** Changes title, time and policy; what may no longer be sent ends at once. */
  update(viewer: Viewer | null, meetingId: string, change: MeetingChange): Promise<MeetingEntity> {
    return this.work.asModerator(viewer, meetingId, async (scope) => {
      const { manager, meeting } = scope;
      const changed = {
        title: change.title?.trim() ?? meeting.title,
        startsAt: change.startsAt === undefined ? meeting.startsAt : change.startsAt,
        policy: { ...meeting.policy, ...change.policy },
      };
      await meetingRepository.update(manager, meetingId, changed);
      await tellMeeting(manager, meetingId, 'MEETING_UPDATED');
      const updated = { ...meeting, ...changed };
      const present = await participantRepository.inState(manager, meetingId, 'PRESENT');
      await enforcePermissions({ ...scope, meeting: updated }, present);
      return updated;
    });
  }

  /** Ends it for everybody, for good, with its breakout rooms. */
  async end(viewer: Viewer | null, meetingId: string): Promise<MeetingEntity> {
    const ended = await this.work.asModerator(viewer, meetingId, async (scope) => {
      const { manager, meeting } = scope;
      await closeRoomsOf(scope, await breakoutRepository.openOf(manager, meetingId));
      const { meeting: over, inside } = await endMeeting(scope);
      if (meeting.parentId !== null) await askToReturn(manager, meeting.parentId, inside);
      return over;
    });
    this.events.ended(meetingId);
    return ended;
  }

  /** Those of the meetings that the viewer may see; NOT in order. */
  findMany(viewer: Viewer | null, ids: readonly string[]): Promise<MeetingEntity[]> {
    return visibleMeetings(this.database.manager, viewer, ids);
  }

  /** Of each class its meetings, newest first; empty for classes that the viewer is not in. */
  async listOfClasses(
    viewer: Viewer | null,
    classIds: readonly string[],
    { first, after }: PageRequest,
  ): Promise<Page<MeetingEntity>[]> {
    const { userId } = requireViewer(viewer);
    const { manager } = this.database;
    const memberships = await classMemberRepository.ofUser(manager, userId, classIds);
    const mine = memberships.flatMap(({ classId, role }) => (role ? [classId] : []));
    const rows = await meetingRepository.listOfClasses(manager, mine, { first, after: idCursor(after) });
    return pagesOf(classIds, rows, { first, parentOf: ({ classId }) => classId, keyOf: (one) => [one.id] });
  }

  /** Those the viewer hosts or was let into, newest first. */
  async listMine(viewer: Viewer | null, { first, after }: PageRequest): Promise<Page<MeetingEntity>> {
    const { userId } = requireViewer(viewer);
    const rows = await meetingRepository.listOfUser(this.database.manager, userId, first, idCursor(after));
    return pageOf(rows, first, ({ id }) => [id]);
  }

  /** How many are present in each of the meetings; those in which nobody is are left out. */
  countsPresent(meetingIds: readonly string[]): Promise<{ readonly meetingId: string; readonly count: number }[]> {
    return participantRepository.countsPresent(this.database.manager, meetingIds);
  }

  /** Those of the users who are in the meeting, or were at its end: they hear what happens in it. */
  async audienceOf(meetingId: string, userIds: readonly string[]): Promise<string[]> {
    const [meeting] = await meetingRepository.findByIds(this.database.manager, [meetingId]);
    return meeting ? participantRepository.audience(this.database.manager, meetingId, userIds) : [];
  }

  async #mustTeach(classId: string, userId: string): Promise<void> {
    const role = await this.classMembers.roleOf(classId, userId);
    if (role === null) throw new NotFoundError('class', classId);
    if (role !== 'TEACHER') throw new ForbiddenError('Only a teacher of the class may make its lessons.');
  }
}
