import { type EntityManager, In, IsNull, Not } from 'typeorm';

import { possibleIds } from '@terakoya/common/database';

import { type ListPart, listByParents } from '../lists.repository';
import { ParticipantEntity, type ParticipantState } from './participant.entity';

/** Participants in the database. */
export const participantRepository = {
  findByIds: (manager: EntityManager, ids: readonly string[]): Promise<ParticipantEntity[]> =>
    manager.findBy(ParticipantEntity, { id: In(possibleIds(ids)) }),

  find: (manager: EntityManager, id: string): Promise<ParticipantEntity | null> =>
    manager.findOneBy(ParticipantEntity, { id }),

  ofUser: (manager: EntityManager, meetingId: string, userId: string): Promise<ParticipantEntity | null> =>
    manager.findOneBy(ParticipantEntity, { meetingId, userId }),

  /** The participations of one user in any of the meetings. */
  ofUserInMany: (manager: EntityManager, userId: string, meetingIds: readonly string[]): Promise<ParticipantEntity[]> =>
    manager.findBy(ParticipantEntity, { userId, meetingId: In([...meetingIds]) }),

  /** Those of the users who have ever been in the meeting, or waited for it. */
  ofUsers: (manager: EntityManager, meetingId: string, userIds: readonly string[]): Promise<ParticipantEntity[]> =>
    manager.findBy(ParticipantEntity, { meetingId, userId: In([...userIds]) }),

  /** Everybody in the meeting in one of the states. */
  inState: (
    manager: EntityManager,
    meetingId: string,
    ...states: readonly ParticipantState[]
  ): Promise<ParticipantEntity[]> => manager.findBy(ParticipantEntity, { meetingId, state: In([...states]) }),

  /** The participations of a user in the meetings of a class that go on. */
  inClass: (manager: EntityManager, classId: string, userId: string): Promise<ParticipantEntity[]> =>
    manager
      .createQueryBuilder(ParticipantEntity, 'participant')
      .innerJoin('meeting', 'meeting', 'meeting.id = participant.meeting_id')
      .where('meeting.class_id = :classId AND meeting.ended_at IS NULL AND participant.user_id = :userId', {
        classId,
        userId,
      })
      .getMany(),

  /** Those whose media session is on a node. */
  onNode: (manager: EntityManager, meetingId: string, nodeId: string): Promise<ParticipantEntity[]> =>
    manager.findBy(ParticipantEntity, { meetingId, nodeId, sessionId: Not(IsNull()) }),

  /** Those present without a media session who were last heard of before then, longest ago first. */
  async unseen(
    manager: EntityManager,
    before: Date,
    limit: number,
  ): Promise<{ readonly id: string; readonly meetingId: string }[]> {
    return manager.query(
      `SELECT id, meeting_id AS "meetingId" FROM participant
       WHERE state = 'PRESENT' AND session_id IS NULL AND seen_at < $1 ORDER BY seen_at LIMIT $2`,
      [before, limit],
    );
  },

  async insert(manager: EntityManager, participant: ParticipantEntity): Promise<void> {
    await manager.insert(ParticipantEntity, { ...participant, overrides: { ...participant.overrides } });
  },

  async update(manager: EntityManager, id: string, change: Partial<ParticipantEntity>): Promise<void> {
    await manager.update(ParticipantEntity, { id }, change);
  },

  countPresent: (manager: EntityManager, meetingId: string): Promise<number> =>
    manager.countBy(ParticipantEntity, { meetingId, state: 'PRESENT' }),

  /** How many are present in each of the meetings. */
  async countsPresent(
    manager: EntityManager,
    meetingIds: readonly string[],
  ): Promise<{ readonly meetingId: string; readonly count: number }[]> {
    return manager.query(
      `SELECT meeting_id AS "meetingId", count(*)::int AS count FROM participant
       WHERE meeting_id = ANY($1) AND state = 'PRESENT' GROUP BY meeting_id`,
      [meetingIds],
    );
  },

  /** Those of each meeting in a state, in the order of their ids, all in one statement; one more than asked for of each. */
  listMany: (
    manager: EntityManager,
    meetingIds: readonly string[],
    state: ParticipantState,
    part: ListPart,
  ): Promise<ParticipantEntity[]> =>
    listByParents(
      manager,
      {
        entity: ParticipantEntity,
        parent: 'meeting_id',
        key: 'id',
        order: 'ASC',
        where: 'listed.state = :state',
        parameters: { state },
      },
      meetingIds,
      part,
    ),

  /** Raised hands, first raised first; one more than asked for. */
  listHands: (
    manager: EntityManager,
    meetingId: string,
    first: number,
    after: { readonly raisedAt: Date; readonly id: string } | undefined,
  ): Promise<ParticipantEntity[]> =>
    manager
      .createQueryBuilder(ParticipantEntity, 'participant')
      .where(
        `participant.meeting_id = :meetingId AND participant.state = 'PRESENT' AND participant.hand_raised_at IS NOT NULL
         AND (CAST(:raisedAt AS timestamptz) IS NULL OR (participant.hand_raised_at, participant.id) > (:raisedAt, CAST(:id AS uuid)))`,
        { meetingId, raisedAt: after?.raisedAt ?? null, id: after?.id ?? null },
      )
      .orderBy('participant.hand_raised_at')
      .addOrderBy('participant.id')
      .take(first + 1)
      .getMany(),

  /** Those of the users who are in the meeting: now, or at its end. */
  async audience(manager: EntityManager, meetingId: string, userIds: readonly string[]): Promise<string[]> {
    const rows = await manager.query<{ userId: string }[]>(
      `SELECT user_id AS "userId" FROM participant JOIN meeting ON meeting.id = meeting_id
       WHERE meeting_id = $1 AND user_id = ANY($2)
         AND (state = 'PRESENT' OR (ended_at IS NOT NULL AND left_at = ended_at))`,
      [meetingId, possibleIds(userIds)],
    );
    return rows.map(({ userId }) => userId);
  },
};
