import { type EntityManager, In, LessThan } from 'typeorm';

import { possibleIds } from '../ids';
import { NotebookEntity } from './notebook.entity';

/** Notebooks in the database. */
export const notebookRepository = {
  findByIds: (manager: EntityManager, ids: readonly string[]): Promise<NotebookEntity[]> =>
    manager.findBy(NotebookEntity, { id: In(possibleIds(ids)) }),

  /** Those of one owner, newest first (ids are UUID v7, so they are in order of time). */
  list: (manager: EntityManager, ownerId: string, after: string | undefined, limit: number) =>
    manager.find(NotebookEntity, {
      where: { ownerId, ...(after === undefined ? {} : { id: LessThan(after) }) },
      order: { id: 'DESC' },
      take: limit,
    }),

  async insert(manager: EntityManager, notebook: NotebookEntity): Promise<void> {
    await manager.insert(NotebookEntity, notebook);
  },

  async lock(manager: EntityManager, id: string): Promise<NotebookEntity | null> {
    const [possible] = possibleIds([id]);
    if (possible === undefined) return null;
    return manager.findOne(NotebookEntity, { where: { id: possible }, lock: { mode: 'pessimistic_write' } });
  },

  async update(manager: EntityManager, id: string, change: Partial<NotebookEntity>): Promise<void> {
    await manager.update(NotebookEntity, { id }, change);
  },

  async delete(manager: EntityManager, id: string): Promise<void> {
    await manager.delete(NotebookEntity, { id });
  },
};
