import { type EntityManager, In, Not } from 'typeorm';

import type { PageText, StoredImage } from '@terakoya/common/contracts';

import { gramsOf, normalise } from '../search/normalise';
import { PageEntity, PageWordsEntity, type TextSource } from './page.entity';

/** Pages in the database. */
export const pageRepository = {
  findMany: (manager: EntityManager, ids: readonly string[]): Promise<PageEntity[]> =>
    manager.findBy(PageEntity, { id: In([...ids]) }),

  findWords: (manager: EntityManager, pageIds: readonly string[]): Promise<PageWordsEntity[]> =>
    manager.findBy(PageWordsEntity, { pageId: In([...pageIds]) }),

  /** The first pages after a number of each notebook, in one statement; one more than asked for of each. */
  async listOfNotebooks(
    manager: EntityManager,
    notebookIds: readonly string[],
    first: number,
    after: number,
  ): Promise<PageEntity[]> {
    const ranked = manager
      .createQueryBuilder(PageEntity, 'ranked')
      .select('ranked.id', 'id')
      .addSelect('row_number() OVER (PARTITION BY ranked.notebook_id ORDER BY ranked.number)', 'rank')
      .where('ranked.notebook_id = ANY(:notebookIds) AND ranked.number > :after');
    return manager
      .createQueryBuilder(PageEntity, 'page')
      .innerJoin(`(${ranked.getQuery()})`, 'first', 'first.id = page.id AND first.rank <= :most')
      .setParameters({ notebookIds: [...notebookIds], after, most: first + 1 })
      .orderBy('page.number')
      .getMany();
  },

  sourceNumbersOfImport: async (manager: EntityManager, importId: string): Promise<Set<number>> =>
    new Set(
      (await manager.find(PageEntity, { where: { importId }, select: { sourceNumber: true } })).map(
        (page) => page.sourceNumber,
      ),
    ),

  async insertMany(manager: EntityManager, pages: readonly PageEntity[]): Promise<void> {
    for (let start = 0; start < pages.length; start += 500) {
      await manager.insert(PageEntity, pages.slice(start, start + 500));
    }
  },

  lock: (manager: EntityManager, id: string): Promise<PageEntity | null> =>
    manager.findOne(PageEntity, { where: { id }, lock: { mode: 'pessimistic_write' } }),

  async setRendered(manager: EntityManager, id: string, preview: StoredImage, thumbnail: StoredImage): Promise<void> {
    await manager.update(PageEntity, { id }, { state: 'RENDERED', preview, thumbnail });
  },

  async setRead(manager: EntityManager, id: string, read: PageText, textSource: TextSource): Promise<void> {
    const searchText = normalise(read.text).text;
    await manager.update(
      PageEntity,
      { id },
      { state: 'READ', text: read.text, textSource, textEngine: read.engine, searchText, grams: gramsOf(searchText) },
    );
    await manager.upsert(PageWordsEntity, { pageId: id, words: read.words }, ['pageId']);
  },

  async setFailed(manager: EntityManager, id: string, errorCode: string, errorMessage: string): Promise<void> {
    await manager.update(PageEntity, { id }, { state: 'FAILED', errorCode, errorMessage });
  },

  /** Removes the pages of an import that have no text; returns how many. */
  async deleteUnread(manager: EntityManager, importId: string): Promise<number> {
    const result = await manager.delete(PageEntity, { importId, state: Not('READ') });
    return result.affected ?? 0;
  },
};
