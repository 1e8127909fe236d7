import type { EntityManager } from 'typeorm';

import { PageEntity } from '../page/page.entity';

export interface PageSearch {
  readonly ownerId: string;
  readonly notebookId: string | undefined;
  /** Normalised. */
  readonly text: string;
  /** All of these stand in the page: found by the index, then the text itself is compared. */
  readonly grams: readonly string[];
  readonly afterId: string | undefined;
  readonly limit: number;
}

export const searchRepository = {
  find(manager: EntityManager, search: PageSearch): Promise<PageEntity[]> {
    const query = manager
      .createQueryBuilder(PageEntity, 'page')
      .where('page.owner_id = :ownerId', { ownerId: search.ownerId })
      .andWhere('page.grams @> :grams', { grams: [...search.grams] })
      .andWhere('strpos(page.search_text, :text) > 0', { text: search.text })
      .orderBy('page.id')
      .limit(search.limit);
    if (search.notebookId !== undefined)
      query.andWhere('page.notebook_id = :notebookId', { notebookId: search.notebookId });
    if (search.afterId !== undefined) query.andWhere('page.id > :afterId', { afterId: search.afterId });
    return query.getMany();
  },
};
