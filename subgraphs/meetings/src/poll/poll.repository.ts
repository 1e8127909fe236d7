import { type EntityManager, In } from 'typeorm';

import { possibleIds } from '@terakoya/common/database';

import { type ListPart, listByParents } from '../lists.repository';
import { PollEntity } from './poll.entity';

/** Polls in the database. */
export const pollRepository = {
  findByIds: (manager: EntityManager, ids: readonly string[]): Promise<PollEntity[]> =>
    manager.findBy(PollEntity, { id: In(possibleIds(ids)) }),

  find: (manager: EntityManager, id: string): Promise<PollEntity | null> => manager.findOneBy(PollEntity, { id }),

  countOf: (manager: EntityManager, meetingId: string): Promise<number> => manager.countBy(PollEntity, { meetingId }),

  openOf: (manager: EntityManager, meetingId: string): Promise<PollEntity[]> =>
    manager.findBy(PollEntity, { meetingId, state: 'OPEN' }),

  async insert(manager: EntityManager, poll: PollEntity): Promise<void> {
    await manager.insert(PollEntity, poll);
  },

  async update(manager: EntityManager, id: string, change: Partial<PollEntity>): Promise<void> {
    await manager.update(PollEntity, { id }, change);
  },

  /** Remembers that there are votes to tell of. */
  async markUntold(manager: EntityManager, id: string): Promise<void> {
    await manager.query('UPDATE poll SET untold_since = coalesce(untold_since, now()) WHERE id = $1', [id]);
  },

  /** Takes polls with votes that nobody was told of, at most so many: they are to be told of in this transaction. */
  async takeUntold(
    manager: EntityManager,
    limit: number,
  ): Promise<{ readonly id: string; readonly meetingId: string }[]> {
    // TypeORM returns [rows, count] for an UPDATE … RETURNING
    const [rows] = await manager.query<[{ id: string; meetingId: string }[], number]>(
      `UPDATE poll SET untold_since = NULL WHERE id IN (
         SELECT id FROM poll WHERE untold_since IS NOT NULL ORDER BY untold_since LIMIT $1 FOR UPDATE SKIP LOCKED)
       RETURNING id, meeting_id AS "meetingId"`,
      [limit],
    );
    return rows;
  },

  /** The polls of each meeting, newest first, drafts only of some meetings; one more than asked for of each. */
  listMany: (
    manager: EntityManager,
    meetingIds: readonly string[],
    withDrafts: readonly string[],
    part: ListPart,
  ): Promise<PollEntity[]> =>
    listByParents(
      manager,
      {
        entity: PollEntity,
        parent: 'meeting_id',
        key: 'id',
        order: 'DESC',
        where: "listed.state <> 'DRAFT' OR listed.meeting_id = ANY(CAST(:withDrafts AS uuid[]))",
        parameters: { withDrafts: [...withDrafts] },
      },
      meetingIds,
      part,
    ),
};
