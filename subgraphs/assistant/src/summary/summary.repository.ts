import { type EntityManager, In } from 'typeorm';

import { PageTextEntity, SummaryEntity } from './summary.entity';

/** Summaries and the texts they are made of. */
export const summaryRepository = {
  findMany: (manager: EntityManager, notebookIds: readonly string[]): Promise<SummaryEntity[]> =>
    manager.findBy(SummaryEntity, { notebookId: In([...notebookIds]) }),

  lock: (manager: EntityManager, notebookId: string): Promise<SummaryEntity | null> =>
    manager.findOne(SummaryEntity, { where: { notebookId }, lock: { mode: 'pessimistic_write' } }),

  /** Makes the row when a notebook is first heard of. */
  async insertIfMissing(manager: EntityManager, notebookId: string, ownerId: string): Promise<void> {
    const row = { notebookId, ownerId, revision: 0, state: 'WAITING' as const, keywords: [], updatedAt: new Date() };
    await manager.createQueryBuilder().insert().into(SummaryEntity).values(row).orIgnore().execute();
  },

  async save(manager: EntityManager, { notebookId, ...changed }: SummaryEntity): Promise<void> {
    await manager.update(SummaryEntity, { notebookId }, { ...changed, updatedAt: new Date() });
  },

  async keepText(manager: EntityManager, page: PageTextEntity): Promise<void> {
    await manager.upsert(PageTextEntity, page, ['pageId']);
  },

  texts: (manager: EntityManager, notebookId: string): Promise<PageTextEntity[]> =>
    manager.find(PageTextEntity, { where: { notebookId }, order: { number: 'ASC' } }),

  async forget(manager: EntityManager, notebookId: string): Promise<void> {
    await manager.delete(PageTextEntity, { notebookId });
    await manager.delete(SummaryEntity, { notebookId });
  },
};
