import { type EntityManager, In } from 'typeorm';

import { SummaryEntity } from './summary.entity';

/** What a finished job makes of a summary. */
export type SummaryOutcome = Pick<SummaryEntity, 'state'> &
  Partial<Pick<SummaryEntity, 'short' | 'medium' | 'long' | 'keywords' | 'language' | 'engine' | 'error'>>;

export interface PageOfText {
  readonly number: number;
  readonly text: string;
}

/** Summaries, and the texts of pages that they are made from. */
export const summaryRepository = {
  findByNotebooks: (manager: EntityManager, notebookIds: readonly string[]): Promise<SummaryEntity[]> =>
    manager.findBy(SummaryEntity, { notebookId: In([...notebookIds]) }),

  lock: (manager: EntityManager, notebookId: string): Promise<SummaryEntity | null> =>
    manager.findOne(SummaryEntity, { where: { notebookId }, lock: { mode: 'pessimistic_write' } }),

  async keepText(manager: EntityManager, notebookId: string, page: PageOfText & { pageId: string }): Promise<void> {
    await manager.query(
      `INSERT INTO page_text (page_id, notebook_id, number, text) VALUES ($1, $2, $3, $4)
       ON CONFLICT (page_id) DO UPDATE SET number = excluded.number, text = excluded.text`,
      [page.pageId, notebookId, page.number, page.text],
    );
  },

  /** There is text that no summary knows yet; one that is being made goes on. */
  async await(manager: EntityManager, notebookId: string, ownerId: string): Promise<void> {
    await manager.query(
      `INSERT INTO notebook_summary (notebook_id, owner_id, state) VALUES ($1, $2, 'WAITING')
       ON CONFLICT (notebook_id) DO UPDATE SET state = 'WAITING' WHERE notebook_summary.state IN ('READY', 'FAILED')`,
      [notebookId, ownerId],
    );
  },

  async begin(manager: EntityManager, { notebookId, revision }: SummaryEntity): Promise<void> {
    const change = { state: 'RUNNING', revision, error: null, updatedAt: new Date() } as const;
    await manager.update(SummaryEntity, { notebookId }, change);
  },

  /** Keeps the outcome of a revision unless a newer one was asked for; tells whose notebook it is, or null. */
  async finish(
    manager: EntityManager,
    of: { readonly notebookId: string; readonly revision: number },
    outcome: SummaryOutcome,
  ): Promise<{ ownerId: string } | null> {
    const result = await manager
      .createQueryBuilder()
      .update(SummaryEntity)
      .set({ ...outcome, updatedAt: new Date() })
      .where({ ...of, state: 'RUNNING' })
      .returning('owner_id')
      .execute();
    const [row] = result.raw as { owner_id: string }[]; // what `returning` names
    return row ? { ownerId: row.owner_id } : null;
  },

  /** The pages' texts in order, at most so many characters in all: the last one may be cut. */
  async texts(manager: EntityManager, notebookId: string, characters: number): Promise<PageOfText[]> {
    return manager.query<PageOfText[]>(
      `SELECT number, left(text, ($2 - before)::int) AS text FROM (
         SELECT number, text, sum(length(text)) OVER (ORDER BY number) - length(text) AS before
         FROM page_text WHERE notebook_id = $1 AND text ~ '\\S') t
       WHERE before < $2::int ORDER BY number`,
      [notebookId, characters],
    );
  },

  async forget(manager: EntityManager, notebookId: string): Promise<void> {
    await manager.query('DELETE FROM page_text WHERE notebook_id = $1', [notebookId]);
    await manager.delete(SummaryEntity, { notebookId });
  },
};
