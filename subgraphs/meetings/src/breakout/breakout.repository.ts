import { type EntityManager, IsNull } from 'typeorm';

import { type ListPart, listByParents } from '../lists.repository';
import { MeetingEntity } from '../meeting/meeting.entity';
import { ParticipantEntity } from '../participant/participant.entity';

/** Who asks for the breakout rooms of meetings, as far as it decides which they see. */
export interface BreakoutsSeer {
  /** Meetings they moderate: they see every room. */
  readonly moderated: readonly string[];
  /** Meetings they were let into: they see rooms that everybody chooses for themselves. */
  readonly admitted: readonly string[];
  /** Their participants: they see rooms that they are to go to. */
  readonly participants: readonly string[];
}

/** Breakout rooms in the database: meetings with a parent. */
export const breakoutRepository = {
  /** Those that are open, in the order in which they were named. */
  openOf: (manager: EntityManager, parentId: string): Promise<MeetingEntity[]> =>
    manager.find(MeetingEntity, { where: { parentId, endedAt: IsNull() }, order: { id: 'DESC' } }),

  /** Open rooms in which a user is present. */
  openWith: (manager: EntityManager, parentId: string, userId: string): Promise<MeetingEntity[]> =>
    manager
      .createQueryBuilder(MeetingEntity, 'room')
      .innerJoin(ParticipantEntity, 'participant', 'participant.meetingId = room.id')
      .where('room.parentId = :parentId AND room.endedAt IS NULL', { parentId })
      .andWhere("participant.userId = :userId AND participant.state = 'PRESENT'", { userId })
      .getMany(),

  countOf: (manager: EntityManager, parentId: string): Promise<number> => manager.countBy(MeetingEntity, { parentId }),

  /** Meetings that have open rooms whose time is up, at most so many. */
  async parentsDue(manager: EntityManager, now: Date, limit: number): Promise<string[]> {
    const rows = await manager.query<{ parentId: string }[]>(
      `SELECT DISTINCT parent_id AS "parentId" FROM meeting
       WHERE closes_at IS NOT NULL AND closes_at <= $1 AND ended_at IS NULL LIMIT $2`,
      [now, limit],
    );
    return rows.map(({ parentId }) => parentId);
  },

  /** The rooms of each meeting that somebody sees, the last opened first; one more than asked for of each. */
  listMany: (
    manager: EntityManager,
    seer: BreakoutsSeer,
    parentIds: readonly string[],
    part: ListPart,
  ): Promise<MeetingEntity[]> =>
    listByParents(
      manager,
      {
        entity: MeetingEntity,
        parent: 'parent_id',
        key: 'id',
        order: 'DESC',
        where: `listed.parent_id = ANY(CAST(:moderated AS uuid[]))
          OR (listed.assignment = 'SELF_SELECT' AND listed.parent_id = ANY(CAST(:admitted AS uuid[])))
          OR (listed.parent_id = ANY(CAST(:admitted AS uuid[])) AND EXISTS (
            SELECT FROM breakout_seat AS seat
            WHERE seat.breakout_id = listed.id AND seat.participant_id = ANY(CAST(:participants AS uuid[]))))`,
        parameters: {
          moderated: [...seer.moderated],
          admitted: [...seer.admitted],
          participants: [...seer.participants],
        },
      },
      parentIds,
      part,
    ),
};
