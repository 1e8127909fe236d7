import { type EntityManager, In, LessThan } from 'typeorm';

import { NotebookEntity } from './notebook.entity';

/** Notebooks in the database. */
export const notebookRepository = {
  findMany: (manager: EntityManager, ids: readonly string[]): Promise<NotebookEntity[]> =>
    manager.findBy(NotebookEntity, { id: In([...ids]) }),

  lock: (manager: EntityManager, id: string): Promise<NotebookEntity | null> =>
    manager.findOne(NotebookEntity, { where: { id }, lock: { mode: 'pessimistic_write' } }),

  /** Newest first; one more than asked for. */
  list: (manager: EntityManager, ownerId: string, first: number, before?: string): Promise<NotebookEntity[]> =>
    manager.find(NotebookEntity, {
      where: { ownerId, ...(before === undefined ? {} : { id: LessThan(before) }) },
      order: { id: 'DESC' },
      take: first + 1,
    }),

  async insert(manager: EntityManager, notebook: NotebookEntity): Promise<void> {
    await manager.insert(NotebookEntity, notebook);
  },

  async rename(manager: EntityManager, id: string, title: string): Promise<void> {
    await manager.update(NotebookEntity, { id }, { title, updatedAt: new Date() });
  },

  /** Keeps the page count and the number at which the next import goes on. */
  async setPages(manager: EntityManager, id: string, pageCount: number, lastPageNumber: number): Promise<void> {
    await manager.update(NotebookEntity, { id }, { pageCount, lastPageNumber, updatedAt: new Date() });
  },

  async delete(manager: EntityManager, id: string): Promise<void> {
    await manager.delete(NotebookEntity, { id });
  },
};
