import { type EntityManager, In } from 'typeorm';

import { possibleIds } from '@terakoya/common/database';

import { type ListPart, listByParents } from '../lists.repository';
import { MeetingEntity } from './meeting.entity';

/** Meetings in the database. */
export const meetingRepository = {
  findByIds: (manager: EntityManager, ids: readonly string[]): Promise<MeetingEntity[]> =>
    manager.findBy(MeetingEntity, { id: In(possibleIds(ids)) }),

  find: (manager: EntityManager, id: string): Promise<MeetingEntity | null> => manager.findOneBy(MeetingEntity, { id }),

  /**
   * Locks the meeting until the transaction ends. A row lock alone is not fair, as each change makes a new version of the
   * row; advisory locks are given in the order of asking.
   */
  async lock(manager: EntityManager, id: string): Promise<MeetingEntity | null> {
    await manager.query("SELECT pg_advisory_xact_lock(hashtextextended('meeting:' || $1::text, 0))", [id]);
    return manager.findOne(MeetingEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  },

  async insert(manager: EntityManager, meeting: MeetingEntity): Promise<void> {
    await manager.insert(MeetingEntity, { ...meeting, policy: { ...meeting.policy } });
  },

  async update(manager: EntityManager, id: string, change: Partial<MeetingEntity>): Promise<void> {
    await manager.update(MeetingEntity, { id }, change);
  },

  /** The meetings of each class without their breakout rooms, newest first; one more than asked for of each. */
  listOfClasses: (manager: EntityManager, classIds: readonly string[], part: ListPart): Promise<MeetingEntity[]> =>
    listByParents(
      manager,
      { entity: MeetingEntity, parent: 'class_id', key: 'id', order: 'DESC', where: 'listed.parent_id IS NULL' },
      classIds,
      part,
    ),

  /**
   * Those that the user hosts or was let into, without lessons of classes they are no longer in and without breakout rooms,
   * newest first; one more than asked for.
   */
  listOfUser: (
    manager: EntityManager,
    userId: string,
    first: number,
    before: string | undefined,
  ): Promise<MeetingEntity[]> =>
    manager
      .createQueryBuilder(MeetingEntity, 'meeting')
      .where(
        `meeting.parent_id IS NULL
         AND (meeting.host_id = :userId OR meeting.id IN (
           SELECT meeting_id FROM participant WHERE user_id = :userId AND admitted_at IS NOT NULL))
         AND (meeting.class_id IS NULL OR EXISTS (
           SELECT FROM class_member AS member
           WHERE member.class_id = meeting.class_id AND member.user_id = :userId AND member.role IS NOT NULL))
         AND (CAST(:before AS uuid) IS NULL OR meeting.id < :before)`,
        { userId, before: before ?? null },
      )
      .orderBy('meeting.id', 'DESC')
      .take(first + 1)
      .getMany(),
};
