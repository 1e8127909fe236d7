import { type EntityManager, In, LessThan } from 'typeorm';

import { possibleIds } from '@terakoya/common/database';

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

  /** Locks the notebook until the transaction ends; whoever waits gets it in the order of asking. */
  async lock(manager: EntityManager, id: string): Promise<NotebookEntity | null> {
    const [possible] = possibleIds([id]);
    if (possible === undefined) return null;
    await waitForTurn(manager, '$1::uuid', possible);
    return manager.findOne(NotebookEntity, { where: { id: possible }, lock: { mode: 'pessimistic_write' } });
  },

  /** Locks the notebook of an import. */
  async lockOfImport(manager: EntityManager, importId: string): Promise<void> {
    await waitForTurn(manager, '(SELECT notebook_id FROM import_job WHERE id = $1)', importId);
    await manager.query(
      'SELECT 1 FROM notebook WHERE id = (SELECT notebook_id FROM import_job WHERE id = $1) FOR UPDATE',
      [importId],
    );
  },

  async update(manager: EntityManager, id: string, change: Partial<NotebookEntity>): Promise<void> {
    await manager.update(NotebookEntity, { id }, change);
  },

  async delete(manager: EntityManager, id: string): Promise<void> {
    await manager.delete(NotebookEntity, { id });
  },
};

/**
 * A row lock alone is not fair: each change makes a new version of the row, newcomers lock that one, and those who wait
 * on the old one find it taken again. Advisory locks are given in the order of asking.
 */
async function waitForTurn(manager: EntityManager, notebookId: string, parameter: string): Promise<void> {
  await manager.query(`SELECT pg_advisory_xact_lock(hashtextextended('notebook:' || ${notebookId}, 0))`, [parameter]);
}
