import { type EntityManager, In } from 'typeorm';

import { possibleIds } from '@terakoya/common/database';

import { type ListPart, listByParents } from '../lists.repository';
import { MessageEntity } from './message.entity';

/** Messages in the database. */
export const messageRepository = {
  findByIds: (manager: EntityManager, ids: readonly string[]): Promise<MessageEntity[]> =>
    manager.findBy(MessageEntity, { id: In(possibleIds(ids)) }),

  find: (manager: EntityManager, id: string): Promise<MessageEntity | null> => manager.findOneBy(MessageEntity, { id }),

  async insert(manager: EntityManager, message: MessageEntity): Promise<void> {
    await manager.insert(MessageEntity, message);
  },

  async remove(manager: EntityManager, id: string, removedAt: Date): Promise<void> {
    await manager.update(MessageEntity, { id }, { text: null, removedAt });
  },

  /** The messages of each meeting, newest first; one more than asked for of each. */
  listMany: (manager: EntityManager, meetingIds: readonly string[], part: ListPart): Promise<MessageEntity[]> =>
    listByParents(manager, { entity: MessageEntity, parent: 'meeting_id', key: 'id', order: 'DESC' }, meetingIds, part),
};
