import { v7 as uuid } from 'uuid';

import { type Viewer, requireViewer } from '@terakoya/common/auth';
import { type RtpCapabilities, type TransportOptions, mediaCommands } from '@terakoya/common/contracts';
import type { Database } from '@terakoya/common/database';
import {
  ConflictError,
  ForbiddenError,
  LimitExceededError,
  NotFoundError,
  SchoolError,
  isSchoolError,
} from '@terakoya/common/errors';
import type { MediaControl } from '@terakoya/common/media-control';
import type { EventLog } from '@terakoya/common/streams';
import { withSpan } from '@terakoya/common/telemetry';

import { type MediaMode, isDirectCall } from '../direct/direct.policy';
import { breakoutRoleOf, settleIn } from '../breakout/rooms';
import type { ClassMemberService } from '../class-member/class-member.service';
import type { MeetingEvents } from '../events';
import { roomId } from '../media/effects';
import type { FailoverService } from '../media/failover.service';
import type { Placement } from '../media/placement';
import type { RoomEntity } from '../media/room.entity';
import type { Tickets } from '../media/ticket';
import { trackRepository } from '../media/track.repository';
import { endTracks } from '../media/tracks';
import type { MeetingEntity } from '../meeting/meeting.entity';
import { meetingRepository } from '../meeting/meeting.repository';
import type { RecordingService } from '../recording/recording.service';
import type { MeetingWork, Scope } from '../meeting/meeting-work';
import { inStep } from '../steps';
import { tellMeeting } from '../telling';
import { type ChangePlaces, readChangePlaces } from './change-places';
import { leaveSession } from './leaving';
import type { Gate } from './gate';
import type { MeetingRole, ParticipantEntity } from './participant.entity';
import { participantRepository } from './participant.repository';
import { entryOf, roleIn } from './permissions.policy';

/** What a client needs to send and receive media. */
export interface OpenedSession {
  readonly ticket: string;
  readonly routerRtpCapabilities: RtpCapabilities;
  readonly transports: readonly TransportOptions[];
}

export interface Joined {
  readonly meeting: MeetingEntity;
  readonly participant: ParticipantEntity;
  /** Null while they wait, and when no media node takes anybody now. */
  readonly session: OpenedSession | null;
  /** How their media go. */
  readonly mode: MediaMode;
  /** From where on the subscriptions tell what is not in this answer. */
  readonly places: ChangePlaces;
}

interface Entered {
  readonly meeting: MeetingEntity;
  readonly participant: ParticipantEntity;
  readonly room: RoomEntity | null;
  /** Without a room: whether they may call the one other directly. */
  readonly isDirect: boolean;
}

/** Most who are present in one meeting. */
const MOST_PRESENT = 500;
/** Nodes that are tried for one join. */
const TRIES = 3;

export interface JoiningParts {
  readonly database: Database;
  readonly work: MeetingWork;
  readonly media: MediaControl;
  readonly placement: Placement;
  readonly failover: FailoverService;
  readonly classMembers: ClassMemberService;
  readonly recordings: Pick<RecordingService, 'continueIn'>;
  readonly tickets: Tickets;
  readonly gate: Gate;
  readonly eventLog: Pick<EventLog, 'epoch' | 'latestEntryId'>;
  readonly events: MeetingEvents;
}

/** Coming into a meeting, again and again if need be: each time with a media session of its own. */
export class JoiningService {
  constructor(private readonly parts: JoiningParts) {}

  /**
   * Comes in, or waits to be let in. Errors: NOT_FOUND for those who may not see the meeting, CONFLICT when it is over,
   * FORBIDDEN when it is locked or they were put out, LIMIT_EXCEEDED when it is full, RATE_LIMITED, UNAVAILABLE.
   */
  async join(viewer: Viewer | null, meetingId: string): Promise<Joined> {
    const { userId } = requireViewer(viewer);
    const { gate, events } = this.parts;
    const startedAt = Date.now();
    try {
      const joined = await gate.pass(userId, () => this.#join(userId, meetingId));
      const outcome = joined.session ? 'session' : joined.participant.state === 'WAITING' ? 'waiting' : 'no-media';
      events.joinTook(outcome, (Date.now() - startedAt) / 1_000);
      return joined;
    } catch (error) {
      events.joinTook(isSchoolError(error) ? error.code : 'failed', (Date.now() - startedAt) / 1_000);
      throw error;
    }
  }

  async #join(userId: string, meetingId: string): Promise<Joined> {
    const places = await inStep('cursors', () => readChangePlaces(this.parts.eventLog));
    const role = await inStep('role', () => this.#roleOf(userId, meetingId));
    const unreachable = new Set<string>();
    for (let attempt = 1; ; attempt += 1) {
      const entered = await this.#enter(userId, meetingId, role, unreachable);
      const { room, isDirect, ...who } = entered;
      if (!room) return { ...who, session: null, mode: isDirect ? 'DIRECT' : 'NONE', places };
      try {
        const attributes = { 'terakoya.node': room.nodeId, 'terakoya.attempt': attempt };
        const session = await withSpan('meeting session', { attributes }, () =>
          this.#openSession(who.participant, room),
        );
        return { ...who, session, mode: 'NODE', places };
      } catch (error) {
        if (attempt === TRIES || !isSchoolError(error)) throw error;
        await this.#giveUp(room, error, unreachable);
      }
    }
  }

  async #roleOf(userId: string, meetingId: string): Promise<MeetingRole> {
    const { database, classMembers } = this.parts;
    const meeting = await meetingRepository.find(database.manager, meetingId);
    if (!meeting) throw new NotFoundError('meeting', meetingId);
    const classRole = meeting.classId && (await classMembers.roleOf(meeting.classId, userId));
    const role = roleIn(meeting, userId, classRole || null);
    if (!role) throw new NotFoundError('meeting', meetingId);
    return role;
  }

  async #enter(
    userId: string,
    meetingId: string,
    role: MeetingRole,
    unreachable: ReadonlySet<string>,
  ): Promise<Entered> {
    const nodes = await inStep('placement', () => this.parts.placement.nodes(unreachable));
    const enter = async (scope: Scope): Promise<Entered> => {
      const { manager, meeting } = scope;
      if (meeting.endedAt) throw new ConflictError('The meeting is over.');
      const before = await participantRepository.ofUser(manager, meetingId, userId);
      const given = meeting.parentId === null ? role : await breakoutRoleOf(manager, meeting, userId);
      if (!given) throw new NotFoundError('meeting', meetingId);
      const participant = before
        ? { ...before, role: roleNow(meeting, before, given) }
        : newParticipant(meeting, userId, given);
      const met = entryOf(meeting, participant.role, before);
      if (met === 'REMOVED')
        throw new ForbiddenError('You were put out of this meeting; a moderator can let you in again.');
      if (met === 'LOCKED') throw new ForbiddenError('The meeting is locked.');
      if (!before) await participantRepository.insert(manager, participant);
      if (met === 'WAIT') return { meeting, participant: await wait(scope, participant), room: null, isDirect: false };
      const room = await this.parts.placement.roomFor(scope, nodes);
      const present = await comeIn(scope, participant, room);
      const isDirect =
        room === null && isDirectCall(await participantRepository.inState(manager, meetingId, 'PRESENT'));
      return { meeting, participant: present, room, isDirect };
    };
    const entered = await inStep('room', () => this.parts.work.run(meetingId, enter));
    if (entered.participant.state === 'PRESENT') {
      this.parts.events.joined(meetingId, entered.participant.id);
      await settleIn(this.parts.work, entered.meeting, userId);
    }
    return entered;
  }

  async #openSession(participant: ParticipantEntity, room: RoomEntity): Promise<OpenedSession> {
    const { id: participantId, userId, meetingId, sessionId } = participant;
    if (!sessionId) throw new TypeError('Whoever comes in to a room has a session.');
    const peer = { participantId, sessionId };
    const { routerRtpCapabilities, transports } = await inStep('transports', () =>
      this.parts.media.command(room.controlUrl, mediaCommands.joinRoom, {
        ...{ room: roomId(room), peer },
        directions: ['SEND', 'RECEIVE'],
      }),
    );
    await inStep('recording', () => this.parts.recordings.continueIn(room));
    const { nodeId, epoch } = room;
    const ticket = this.parts.tickets.sign({ userId, meetingId, participantId, sessionId, nodeId, epoch });
    return { ticket, routerRtpCapabilities, transports };
  }

  /** A node that cannot be reached is passed over; one that has lost the room is asked for the next. */
  async #giveUp(room: RoomEntity, error: SchoolError, unreachable: Set<string>): Promise<void> {
    if (error.code === 'NOT_FOUND' || error.code === 'CONFLICT') return this.parts.failover.lose(room);
    if (error.code !== 'UNAVAILABLE' && error.code !== 'TIMED_OUT') throw error;
    unreachable.add(room.nodeId);
  }
}

/**
 * A moderator may have made them one for this meeting; what the class says of its teachers holds anyway. In a breakout
 * room they are what they are in the meeting it belongs to.
 */
function roleNow({ parentId }: MeetingEntity, before: ParticipantEntity, role: MeetingRole): MeetingRole {
  return role === 'MODERATOR' || parentId !== null ? role : before.role;
}

function newParticipant(meeting: MeetingEntity, userId: string, role: MeetingRole): ParticipantEntity {
  return {
    id: uuid(),
    meetingId: meeting.id,
    userId,
    role,
    state: 'LEFT',
    overrides: {},
    admittedAt: null,
    joinedAt: null,
    leftAt: null,
    handRaisedAt: null,
    sessionId: null,
    seenAt: null,
    nodeId: null,
  };
}

async function wait({ manager, meeting }: Scope, participant: ParticipantEntity): Promise<ParticipantEntity> {
  if (participant.state === 'WAITING') return participant;
  await participantRepository.update(manager, participant.id, { state: 'WAITING' });
  await tellMeeting(manager, meeting.id, 'PARTICIPANT_WAITING', { participantId: participant.id });
  return { ...participant, state: 'WAITING' };
}

/** What they sent in an earlier session ends with it; the node closes the earlier session itself when it gets the new one. */
async function comeIn(
  scope: Scope,
  participant: ParticipantEntity,
  room: RoomEntity | null,
): Promise<ParticipantEntity> {
  const { manager, meeting } = scope;
  const isNew = participant.state !== 'PRESENT';
  if (isNew && (await participantRepository.countPresent(manager, meeting.id)) >= MOST_PRESENT) {
    throw new LimitExceededError(`A meeting has at most ${MOST_PRESENT} participants.`, { maximum: MOST_PRESENT });
  }
  await endTracks(manager, await trackRepository.liveOf(manager, [participant.id]));
  if (participant.sessionId && participant.nodeId !== room?.nodeId) await leaveSession(scope, participant);
  const now = new Date();
  const change = {
    role: participant.role,
    state: 'PRESENT' as const,
    admittedAt: participant.admittedAt ?? now,
    joinedAt: isNew ? now : participant.joinedAt,
    leftAt: null,
    sessionId: room ? uuid() : null,
    seenAt: now,
    nodeId: room?.nodeId ?? null,
  };
  await participantRepository.update(manager, participant.id, change);
  await tellMeeting(manager, meeting.id, isNew ? 'PARTICIPANT_JOINED' : 'PARTICIPANT_UPDATED', {
    participantId: participant.id,
  });
  return { ...participant, ...change };
}
