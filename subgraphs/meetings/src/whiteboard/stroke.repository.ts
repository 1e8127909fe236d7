import { type EntityManager, In, IsNull } from 'typeorm';

import { possibleIds } from '@terakoya/common/database';

import { type ListPart, listByParents } from '../lists.repository';
import { StrokeEntity } from './stroke.entity';

/** Strokes in the database. */
export const strokeRepository = {
  findByIds: (manager: EntityManager, ids: readonly string[]): Promise<StrokeEntity[]> =>
    manager.findBy(StrokeEntity, { id: In(possibleIds(ids)) }),

  /** The number of the last stroke of a meeting, 0 before the first. */
  async lastNumber(manager: EntityManager, meetingId: string): Promise<number> {
    return (await manager.maximum(StrokeEntity, 'number', { meetingId })) ?? 0;
  },

  /** The last stroke of a participant that stands. */
  lastOf: (manager: EntityManager, meetingId: string, participantId: string): Promise<StrokeEntity | null> =>
    manager.findOne(StrokeEntity, {
      where: { meetingId, participantId, erasedAt: IsNull() },
      order: { number: 'DESC' },
    }),

  async insert(manager: EntityManager, strokes: readonly StrokeEntity[]): Promise<void> {
    await manager.insert(StrokeEntity, [...strokes]);
  },

  async erase(manager: EntityManager, id: string, erasedAt: Date): Promise<void> {
    await manager.update(StrokeEntity, { id }, { erasedAt });
  },

  /** Takes back all that stands; gives how many. */
  async eraseAll(manager: EntityManager, meetingId: string, erasedAt: Date): Promise<number> {
    const { affected } = await manager.update(StrokeEntity, { meetingId, erasedAt: IsNull() }, { erasedAt });
    return affected ?? 0;
  },

  /** What stands on the board of each meeting, in the order of drawing; one more than asked for of each. */
  listMany: (manager: EntityManager, meetingIds: readonly string[], part: ListPart): Promise<StrokeEntity[]> =>
    listByParents(
      manager,
      { entity: StrokeEntity, parent: 'meeting_id', key: 'number', order: 'ASC', where: 'listed.erased_at IS NULL' },
      meetingIds,
      part,
    ),
};
