import { type EntityManager, In } from 'typeorm';

import { possibleIds } from '@terakoya/common/database';

import { type ListPart, listByParents } from '../lists.repository';
import { CaptionEntity } from './caption.entity';

/** Captions in the database. */
export const captionRepository = {
  findByIds: (manager: EntityManager, ids: readonly string[]): Promise<CaptionEntity[]> =>
    manager.findBy(CaptionEntity, { id: In(possibleIds(ids)) }),

  async insert(manager: EntityManager, caption: CaptionEntity): Promise<void> {
    await manager.insert(CaptionEntity, caption);
  },

  /** The captions of each meeting, in the order of speaking; one more than asked for of each. */
  listMany: (manager: EntityManager, meetingIds: readonly string[], part: ListPart): Promise<CaptionEntity[]> =>
    listByParents(manager, { entity: CaptionEntity, parent: 'meeting_id', key: 'id', order: 'ASC' }, meetingIds, part),
};
