import { type EntityManager, In, LessThan } from 'typeorm';

import { ImportEntity } from './import.entity';

const RUNNING = ['WAITING', 'QUEUED', 'RUNNING'] as const;

/** Imports in the database. */
export const importRepository = {
  findMany: (manager: EntityManager, ids: readonly string[]): Promise<ImportEntity[]> =>
    manager.findBy(ImportEntity, { id: In([...ids]) }),

  /** Locked: whatever happens to an import happens one after the other. */
  lock: (manager: EntityManager, id: string): Promise<ImportEntity | null> =>
    manager.findOne(ImportEntity, { where: { id }, lock: { mode: 'pessimistic_write' } }),

  async insert(manager: EntityManager, job: ImportEntity): Promise<void> {
    await manager.insert(ImportEntity, job);
  },

  async save(manager: EntityManager, { id, ...changed }: ImportEntity): Promise<void> {
    await manager.update(ImportEntity, { id }, changed);
  },

  listRunning: (manager: EntityManager, notebookId: string): Promise<ImportEntity[]> =>
    manager.findBy(ImportEntity, { notebookId, state: In([...RUNNING]) }),

  countRunning: (manager: EntityManager, ownerId: string): Promise<number> =>
    manager.countBy(ImportEntity, { ownerId, state: In([...RUNNING]) }),

  listWaitingFor: (manager: EntityManager, fileId: string): Promise<ImportEntity[]> =>
    manager.findBy(ImportEntity, { fileId, state: 'WAITING' }),

  listWaitingSince: (manager: EntityManager, before: Date): Promise<ImportEntity[]> =>
    manager.find(ImportEntity, { where: { state: 'WAITING', createdAt: LessThan(before) }, take: 100 }),

  /** The newest imports of each notebook before an id, in one statement; one more than asked for of each. */
  async listOfNotebooks(
    manager: EntityManager,
    notebookIds: readonly string[],
    first: number,
    before: string | null,
  ): Promise<ImportEntity[]> {
    const ranked = manager
      .createQueryBuilder(ImportEntity, 'ranked')
      .select('ranked.id', 'id')
      .addSelect('row_number() OVER (PARTITION BY ranked.notebook_id ORDER BY ranked.id DESC)', 'rank')
      .where('ranked.notebook_id = ANY(:notebookIds) AND (CAST(:before AS uuid) IS NULL OR ranked.id < :before)');
    return manager
      .createQueryBuilder(ImportEntity, 'job')
      .innerJoin(`(${ranked.getQuery()})`, 'first', 'first.id = job.id AND first.rank <= :most')
      .setParameters({ notebookIds: [...notebookIds], before, most: first + 1 })
      .orderBy('job.id', 'DESC')
      .getMany();
  },
};
