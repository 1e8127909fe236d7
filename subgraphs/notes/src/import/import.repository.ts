import { type EntityManager, In } from 'typeorm';

import { possibleIds } from '@terakoya/common/database';

import { type ListKey, columnsOf, listsOf } from '../lists.repository';
import { notebookRepository } from '../notebook/notebook.repository';
import { ACTIVE_STATES, type ImportStatus } from './import-status';
import { ImportEntity } from './import.entity';

/** Imports in the database. */
export const importRepository = {
  findByIds: (manager: EntityManager, ids: readonly string[]): Promise<ImportEntity[]> =>
    manager.findBy(ImportEntity, { id: In(possibleIds(ids)) }),

  /** The imports of many notebooks, newest first, in one statement; `after` is an import's id. */
  lists: (manager: EntityManager, keys: readonly ListKey<string>[]): Promise<ImportEntity[][]> =>
    listsOf<ImportEntity, string>(
      manager,
      keys,
      `SELECT ${columnsOf(manager, ImportEntity, 'i')} FROM import_job i
       WHERE i.notebook_id = r.parent_id AND (r.after IS NULL OR i.id < r.after::uuid) ORDER BY i.id DESC LIMIT r.count`,
      (a, b) => (a.id < b.id ? 1 : -1),
    ),

  async insert(manager: EntityManager, job: ImportEntity): Promise<void> {
    await manager.insert(ImportEntity, job);
  },

  /**
   * Locks the import, and before it its notebook: whoever changes either takes the locks in this order. Null when it
   * is gone.
   */
  async lock(manager: EntityManager, id: string): Promise<ImportEntity | null> {
    const [possible] = possibleIds([id]);
    if (possible === undefined) return null;
    await notebookRepository.lockOfImport(manager, possible);
    return manager.findOne(ImportEntity, { where: { id: possible }, lock: { mode: 'pessimistic_write' } });
  },

  async update(manager: EntityManager, id: string, change: Partial<ImportEntity>): Promise<void> {
    await manager.update(ImportEntity, { id }, change);
  },

  async saveStatus(manager: EntityManager, id: string, status: ImportStatus): Promise<void> {
    const { state, pagesFound, pagesRendered, pagesRead, pagesFailed, error } = status;
    const finishedAt = ACTIVE_STATES.includes(state) ? null : new Date();
    const counts = { pagesFound, pagesRendered, pagesRead, pagesFailed };
    await manager.update(ImportEntity, { id }, { state, ...counts, error, finishedAt });
  },

  /** How many imports of an owner are not finished; nobody else starts one for this owner in the meantime. */
  async countActiveLocked(manager: EntityManager, ownerId: string): Promise<number> {
    await manager.query("SELECT pg_advisory_xact_lock(hashtextextended('imports:' || $1, 0))", [ownerId]);
    return manager.countBy(ImportEntity, { ownerId, state: In([...ACTIVE_STATES]) });
  },

  async activeRuns(manager: EntityManager, notebookId: string): Promise<string[]> {
    const jobs = await manager.findBy(ImportEntity, { notebookId, state: In([...ACTIVE_STATES]) });
    return jobs.map(({ runId }) => runId);
  },

  /** Imports that wait for this file. */
  async waitingFor(manager: EntityManager, fileId: string): Promise<string[]> {
    const jobs = await manager.findBy(ImportEntity, { fileId, state: 'WAITING' });
    return jobs.map(({ id }) => id);
  },

  /** Imports that wait although their file is known, or that have waited too long. */
  async overdue(manager: EntityManager, waitSeconds: number, limit: number): Promise<string[]> {
    const rows = await manager.query<{ id: string }[]>(
      `SELECT i.id FROM import_job i LEFT JOIN uploaded_file f ON f.id = i.file_id
       WHERE i.state = 'WAITING' AND (f.id IS NOT NULL OR i.started_at < now() - $1 * interval '1 second')
       ORDER BY i.started_at LIMIT $2`,
      [waitSeconds, limit],
    );
    return rows.map(({ id }) => id);
  },
};
