import { randomInt } from 'node:crypto';

import { v7 as uuid } from 'uuid';

import { type Viewer, requireViewer } from '@terakoya/common/auth';
import { type Database, type Page, type PageRequest, idCursor, pageOf, pagesOf } from '@terakoya/common/database';
import { BadInputError, ConflictError, LimitExceededError, NotFoundError } from '@terakoya/common/errors';

import type { MeetingEvents } from '../events';
import type { BreakoutAssignment, MeetingEntity } from '../meeting/meeting.entity';
import { meetingRepository } from '../meeting/meeting.repository';
import type { MeetingWork, PresentScope, Scope } from '../meeting/meeting-work';
import { takeOut } from '../participant/leaving';
import type { ParticipantEntity } from '../participant/participant.entity';
import { participantRepository } from '../participant/participant.repository';
import type { RateLimit } from '../rate-limit';
import { tellMeeting, tellParticipant } from '../telling';
import { breakoutRepository } from './breakout.repository';
import { dealOut } from './dealing';
import { closeRoomsOf, inOpenRooms } from './rooms';
import { seatRepository } from './seat.repository';

export interface NewRoom {
  readonly title: string;
  /** Who is to go there; only with MANUAL. */
  readonly participantIds: readonly string[];
}

export interface NewBreakouts {
  readonly rooms: readonly NewRoom[];
  readonly assignment: BreakoutAssignment;
  /** After how many seconds they close by themselves; never without it. */
  readonly seconds: number | null;
}

/** Most rooms of one meeting, those that are closed included. */
const MOST_KEPT = 500;
/** Meetings whose rooms are closed in one round. */
const ROUND = 100;

/** Breakout rooms: opening, sending people there, telling all of them something, closing. */
export class BreakoutService {
  constructor(
    private readonly database: Database,
    private readonly work: MeetingWork,
    private readonly broadcasts: RateLimit,
    private readonly events: MeetingEvents,
  ) {}

  /** Opens rooms. CONFLICT while others are open, and in a breakout room; NOT_FOUND for participants of another meeting. */
  async open(viewer: Viewer | null, meetingId: string, plan: NewBreakouts): Promise<MeetingEntity> {
    const opened = await this.work.asModerator(viewer, meetingId, async (scope) => {
      const { manager, meeting } = scope;
      if (meeting.parentId !== null) throw new ConflictError('A breakout room has no breakout rooms of its own.');
      if ((await breakoutRepository.openOf(manager, meetingId)).length > 0) {
        throw new ConflictError('Close the breakout rooms that are open first.');
      }
      if ((await breakoutRepository.countOf(manager, meetingId)) + plan.rooms.length > MOST_KEPT) {
        throw new LimitExceededError(`A meeting has at most ${MOST_KEPT} breakout rooms.`, { maximum: MOST_KEPT });
      }
      const seated = await seat(scope, plan);
      const rooms = roomsOf(meeting, plan);
      for (const [index, room] of rooms.entries()) {
        await meetingRepository.insert(manager, room);
        await send(scope, room, seated[index] ?? []);
      }
      await tellMeeting(manager, meetingId, 'BREAKOUTS_CHANGED');
      return meeting;
    });
    this.events.breakoutsOpened(meetingId, plan.rooms.length);
    return opened;
  }

  /** Sends somebody to a room, out of the one they are in. CONFLICT when the room is closed. */
  async assign(viewer: Viewer | null, breakoutId: string, participantId: string): Promise<MeetingEntity> {
    requireViewer(viewer);
    const parentId = (await meetingRepository.find(this.database.manager, breakoutId))?.parentId;
    if (!parentId) throw new NotFoundError('breakout room', breakoutId);
    return this.work.asModerator(viewer, parentId, async (scope) => {
      const { manager } = scope;
      const open = await breakoutRepository.openOf(manager, parentId);
      const room = open.find(({ id }) => id === breakoutId);
      if (!room) throw new ConflictError('The breakout room is closed.');
      const [participant] = await participantsOf(scope, [participantId]);
      if (!participant) throw new NotFoundError('participant', participantId);
      const others = open.map(({ id }) => id).filter((id) => id !== breakoutId);
      await seatRepository.remove(manager, others, participantId);
      await inOpenRooms(scope, participant.userId, async (there, theirs) => {
        if (there.meeting.id !== breakoutId) await takeOut(there, theirs, 'LEFT');
      });
      await send(scope, room, [participant]);
      await tellMeeting(manager, parentId, 'BREAKOUTS_CHANGED');
      return room;
    });
  }

  /** Tells everybody in the meeting and in its open rooms something; RATE_LIMITED. */
  async broadcast(viewer: Viewer | null, meetingId: string, text: string): Promise<void> {
    this.broadcasts.count(requireViewer(viewer).userId);
    await this.work.asModerator(viewer, meetingId, async ({ manager, me }) => {
      const rooms = await breakoutRepository.openOf(manager, meetingId);
      for (const id of [meetingId, ...rooms.map((room) => room.id)]) {
        await tellMeeting(manager, id, 'BROADCAST', { participantId: me.id, text });
      }
    });
  }

  /** Closes all rooms; closing none is no error. */
  async close(viewer: Viewer | null, meetingId: string): Promise<MeetingEntity> {
    return this.work.asModerator(viewer, meetingId, async (scope) => {
      await this.#close(scope, await breakoutRepository.openOf(scope.manager, meetingId));
      return scope.meeting;
    });
  }

  /** Closes the rooms whose time is up; those of other meetings too when those of one cannot be closed. */
  async closeDue(): Promise<void> {
    const now = new Date();
    const failures: unknown[] = [];
    for (const parentId of await breakoutRepository.parentsDue(this.database.manager, now, ROUND)) {
      const closed = this.work.run(parentId, async (scope) => {
        const rooms = await breakoutRepository.openOf(scope.manager, parentId);
        const due = rooms.filter(({ closesAt }) => closesAt && closesAt <= now);
        await this.#close(scope, due);
      });
      await closed.catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Not all breakout rooms could be closed.');
  }

  async #close(scope: Scope, rooms: readonly MeetingEntity[]): Promise<void> {
    if (rooms.length === 0) return;
    await closeRoomsOf(scope, rooms);
    this.events.breakoutsClosed(scope.meeting.id, rooms.length);
  }

  /** Of each meeting the rooms that the viewer may see, the last opened first. */
  async listMany(
    viewer: Viewer | null,
    meetingIds: readonly string[],
    { first, after }: PageRequest,
  ): Promise<Page<MeetingEntity>[]> {
    const { userId } = requireViewer(viewer);
    const { manager } = this.database;
    const mine = await participantRepository.ofUserInMany(manager, userId, meetingIds);
    const admitted = mine.filter(({ admittedAt }) => admittedAt !== null);
    const seer = {
      moderated: admitted.flatMap(({ role, meetingId }) => (role === 'MODERATOR' ? [meetingId] : [])),
      admitted: admitted.map(({ meetingId }) => meetingId),
      participants: admitted.map(({ id }) => id),
    };
    const rows = await breakoutRepository.listMany(manager, seer, meetingIds, { first, after: idCursor(after) });
    return pagesOf(meetingIds, rows, { first, parentOf: ({ parentId }) => parentId, keyOf: (one) => [one.id] });
  }

  /** Who is to go to each of the rooms: participants of the meetings they belong to, by id. */
  async listSeated(breakoutIds: readonly string[], { first, after }: PageRequest): Promise<Page<ParticipantEntity>[]> {
    const { manager } = this.database;
    const seats = await seatRepository.listMany(manager, breakoutIds, { first, after: idCursor(after) });
    const found = await participantRepository.findByIds(
      manager,
      seats.map(({ participantId }) => participantId),
    );
    const byId = new Map(found.map((one) => [one.id, one]));
    const byRoom = Map.groupBy(seats, ({ breakoutId }) => breakoutId);
    return breakoutIds.map((id) => {
      const seated = (byRoom.get(id) ?? []).flatMap(({ participantId }) => byId.get(participantId) ?? []);
      return pageOf(seated, first, (one) => [one.id]);
    });
  }
}

/** The rooms as meetings. The first has the greatest id, so that lists, newest first, keep the order they were named in. */
function roomsOf({ id, classId, hostId, policy }: MeetingEntity, plan: NewBreakouts): MeetingEntity[] {
  const now = new Date();
  const ids = plan.rooms.map(() => uuid()).reverse();
  return plan.rooms.map(({ title }, index) => ({
    id: ids[index] ?? uuid(),
    parentId: id,
    assignment: plan.assignment,
    closesAt: plan.seconds === null ? null : new Date(now.getTime() + plan.seconds * 1_000),
    classId,
    hostId,
    title: title.trim(),
    policy: { ...policy, hasWaitingRoom: false },
    isLocked: false,
    spotlightId: null,
    nextEpoch: 1,
    createdAt: now,
    startsAt: null,
    endedAt: null,
  }));
}

/** Who is to go to each room. */
async function seat(
  scope: PresentScope,
  { rooms, assignment }: NewBreakouts,
): Promise<readonly (readonly ParticipantEntity[])[]> {
  const named = rooms.flatMap(({ participantIds }) => participantIds);
  if (assignment !== 'MANUAL' && named.length > 0) {
    throw new BadInputError('participantIds', 'are given only when the assignment is MANUAL');
  }
  if (new Set(named).size < named.length) throw new BadInputError('participantIds', 'must name everybody once');
  if (assignment === 'SELF_SELECT') return [];
  if (assignment === 'RANDOM') {
    const present = await participantRepository.inState(scope.manager, scope.meeting.id, 'PRESENT');
    const others = present.filter(({ role }) => role !== 'MODERATOR');
    return dealOut(others, rooms.length, (below) => randomInt(below));
  }
  const known = new Map((await participantsOf(scope, named)).map((one) => [one.id, one]));
  return rooms.map(({ participantIds }) =>
    participantIds.map((id) => {
      const participant = known.get(id);
      if (!participant) throw new NotFoundError('participant', id);
      return participant;
    }),
  );
}

async function participantsOf(
  { manager, meeting }: PresentScope,
  ids: readonly string[],
): Promise<ParticipantEntity[]> {
  const found = await participantRepository.findByIds(manager, ids);
  return found.filter(({ meetingId }) => meetingId === meeting.id);
}

async function send(
  { manager }: PresentScope,
  { id: breakoutId }: MeetingEntity,
  participants: readonly ParticipantEntity[],
): Promise<void> {
  await seatRepository.insert(
    manager,
    participants.map(({ id }) => ({ breakoutId, participantId: id })),
  );
  for (const participant of participants) {
    await tellParticipant(manager, participant, 'BREAKOUT_ASSIGNED', { targetId: breakoutId });
  }
}
