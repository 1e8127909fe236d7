import { z } from 'zod';

import { type Viewer, requireViewer } from '@terakoya/common/auth';
import { peerLost, producerLost } from '@terakoya/common/contracts';
import {
  type Database,
  type Page,
  type PageRequest,
  idCursor,
  pageOf,
  parseCursor,
  pagesOf,
} from '@terakoya/common/database';
import { BadInputError, NotFoundError, isSchoolError } from '@terakoya/common/errors';
import { type EventHandler, onEvent } from '@terakoya/common/streams';

import type { ClassRole } from '../class-member/class-member.entity';
import type { MeetingEvents } from '../events';
import type { Tickets } from '../media/ticket';
import { trackRepository } from '../media/track.repository';
import { endTracks, enforcePermissions } from '../media/tracks';
import type { MeetingWork, Scope } from '../meeting/meeting-work';
import type { MeetingService } from '../meeting/meeting.service';
import type { RateLimit } from '../rate-limit';
import { tellMeeting, tellParticipant } from '../telling';
import { takeOut } from './leaving';
import type { ParticipantEntity, ParticipantState } from './participant.entity';
import { participantRepository } from './participant.repository';
import { roleIn } from './permissions.policy';

/** Participants that are taken out in one round at most. */
const AT_ONCE = 100;
const EMOJI = /^\p{RGI_Emoji}$/v;

/** What participants do for themselves, and what becomes of them. */
export class ParticipantService {
  constructor(
    private readonly database: Database,
    private readonly work: MeetingWork,
    private readonly meetings: MeetingService,
    private readonly tickets: Pick<Tickets, 'verify'>,
    private readonly reactions: RateLimit,
    private readonly events: MeetingEvents,
  ) {}

  /**
   * Leaves, or stops waiting; who is not there has left already. With the ticket of a media session nothing happens when that
   * is no longer theirs: they have come in again elsewhere.
   */
  async leave(viewer: Viewer | null, meetingId: string, ticket: string | null): Promise<void> {
    const { userId } = requireViewer(viewer);
    const sessionId = ticket === null ? null : this.tickets.verify(ticket, userId).sessionId;
    await this.work.run(meetingId, async (scope) => {
      const me = await participantRepository.ofUser(scope.manager, meetingId, userId);
      if (!me) throw new NotFoundError('meeting', meetingId);
      if (me.state !== 'PRESENT' && me.state !== 'WAITING') return;
      if (sessionId !== null && me.sessionId !== null && me.sessionId !== sessionId) return;
      await takeOut(scope, me, 'LEFT');
      this.events.left(meetingId, me.id);
    });
  }

  /**
   * Takes out those who have no media session and have not been heard of since `before`: without media nobody else notices
   * that they are gone.
   */
  async sweep(before: Date): Promise<void> {
    for (const { id, meetingId } of await participantRepository.unseen(this.database.manager, before, AT_ONCE)) {
      await this.#ifThere(meetingId, async (scope) => {
        const participant = await participantRepository.find(scope.manager, id);
        if (participant?.state !== 'PRESENT' || participant.sessionId !== null) return;
        if (participant.seenAt === null || participant.seenAt >= before) return;
        await takeOut(scope, participant, 'LEFT');
        this.events.left(meetingId, id);
      });
    }
  }

  /** Raises or lowers one's own hand; a hand that is up keeps its place in the queue. */
  setHand(viewer: Viewer | null, meetingId: string, isRaised: boolean): Promise<ParticipantEntity> {
    return this.work.asPresent(viewer, meetingId, async ({ manager, me }) => {
      if (isRaised === (me.handRaisedAt !== null)) return me;
      const handRaisedAt = isRaised ? new Date() : null;
      await participantRepository.update(manager, me.id, { handRaisedAt });
      await tellMeeting(manager, meetingId, 'PARTICIPANT_UPDATED', { participantId: me.id });
      return { ...me, handRaisedAt };
    });
  }

  /** Shows everybody an emoji; RATE_LIMITED for who does so too often. */
  async react(viewer: Viewer | null, meetingId: string, emoji: string): Promise<void> {
    if (!EMOJI.test(emoji)) throw new BadInputError('emoji', 'must be one emoji');
    this.reactions.count(requireViewer(viewer).userId);
    await this.work.asPresent(viewer, meetingId, ({ manager, me }) =>
      tellMeeting(manager, meetingId, 'REACTION', { participantId: me.id, text: emoji }),
    );
  }

  /** Those of the participants whose meeting the viewer may see, or who are the viewer; NOT in order. */
  async findMany(viewer: Viewer | null, ids: readonly string[]): Promise<ParticipantEntity[]> {
    const { userId } = requireViewer(viewer);
    const found = await participantRepository.findByIds(this.database.manager, ids);
    const visible = await this.meetings.findMany(
      viewer,
      found.map(({ meetingId }) => meetingId),
    );
    const meetingIds = new Set(visible.map(({ id }) => id));
    return found.filter((one) => one.userId === userId || meetingIds.has(one.meetingId));
  }

  /** Each meeting's participants in a state, by id, all in one statement. */
  async listMany(
    meetingIds: readonly string[],
    state: ParticipantState,
    { first, after }: PageRequest,
  ): Promise<Page<ParticipantEntity>[]> {
    const { manager } = this.database;
    const rows = await participantRepository.listMany(manager, meetingIds, state, { first, after: idCursor(after) });
    return pagesOf(meetingIds, rows, { first, parentOf: ({ meetingId }) => meetingId, keyOf: (one) => [one.id] });
  }

  /** The queue of raised hands, first raised first. */
  async listHands(meetingId: string, { first, after }: PageRequest): Promise<Page<ParticipantEntity>> {
    const [raisedAt, id] = parseCursor(after, z.tuple([z.int(), z.uuid()])) ?? [];
    const place = raisedAt === undefined || id === undefined ? undefined : { raisedAt: new Date(raisedAt), id };
    const rows = await participantRepository.listHands(this.database.manager, meetingId, first, place);
    return pageOf(rows, first, (one) => [one.handRaisedAt?.getTime() ?? 0, one.id]);
  }

  /** The viewer's own participation in each of the meetings they take or took part in; NOT in order. */
  async mineIn(viewer: Viewer | null, meetingIds: readonly string[]): Promise<ParticipantEntity[]> {
    return viewer ? participantRepository.ofUserInMany(this.database.manager, viewer.userId, meetingIds) : [];
  }

  /** Those of the users to whom the participant belongs: only they hear what concerns them alone. */
  async audienceOf(participantId: string, userIds: readonly string[]): Promise<string[]> {
    const [participant] = await participantRepository.findByIds(this.database.manager, [participantId]);
    return participant ? userIds.filter((userId) => userId === participant.userId) : [];
  }

  /** A class has given somebody another role, or none: in its meetings that holds at once. */
  async onClassRole(classId: string, userId: string, classRole: ClassRole | null): Promise<void> {
    for (const { meetingId } of await participantRepository.inClass(this.database.manager, classId, userId)) {
      await this.work.run(meetingId, async (scope) => {
        const { manager, meeting } = scope;
        const participant = await participantRepository.ofUser(manager, meetingId, userId);
        if (!participant || meeting.endedAt) return;
        const role = roleIn(meeting, userId, classRole);
        if (role === null) {
          if (participant.state !== 'PRESENT' && participant.state !== 'WAITING') return;
          await takeOut(scope, participant, 'LEFT'); // the class alone tells whether they may come back
          await tellParticipant(manager, participant, 'REMOVED');
        } else if (role !== participant.role) {
          await participantRepository.update(manager, participant.id, { role });
          await tellParticipant(manager, participant, 'PERMISSIONS_CHANGED');
          await tellMeeting(manager, meetingId, 'PARTICIPANT_UPDATED', { participantId: participant.id });
          await enforcePermissions(scope, [{ ...participant, role }]);
        }
      });
    }
  }

  /** What media nodes tell of participants. */
  handlers(): EventHandler[] {
    return [
      onEvent(peerLost, ({ room, peer }) => this.#onPeerLost(room.meetingId, peer)),
      onEvent(producerLost, ({ room, producerId }) =>
        this.#ifThere(room.meetingId, async ({ manager }) => {
          const track = await trackRepository.findLive(manager, room.meetingId, producerId);
          if (track) await endTracks(manager, [track]);
        }),
      ),
    ];
  }

  /** Their media has been silent for too long: they are no longer there, unless they have come again since. */
  async #onPeerLost(meetingId: string, peer: { participantId: string; sessionId: string }): Promise<void> {
    await this.#ifThere(meetingId, async (scope) => {
      const participant = await participantRepository.find(scope.manager, peer.participantId);
      if (participant?.state !== 'PRESENT' || participant.sessionId !== peer.sessionId) return;
      await takeOut(scope, participant, 'LEFT');
      this.events.left(meetingId, participant.id);
    });
  }

  /** A meeting that is not ours, such as that of another school on the same Redis, is none of our business. */
  async #ifThere(meetingId: string, change: (scope: Scope) => Promise<void>): Promise<void> {
    await this.work.run(meetingId, change).catch((error: unknown) => {
      if (!isSchoolError(error) || error.code !== 'NOT_FOUND') throw error;
    });
  }
}
