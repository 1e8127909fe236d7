import { type EntityManager, In } from 'typeorm';

import { possibleIds } from '@terakoya/common/database';

import { type ListKey, columnsOf, listsOf } from '../lists.repository';
import { PageEntity, type PageState } from './page.entity';
import type { StoredWord } from './stored-words';

interface NewPage {
  readonly id: string;
  readonly number: number;
  readonly sourceNumber: number;
  readonly width: number;
  readonly height: number;
}

/** Part of a page's words: `count` words from the index `start` on. */
interface WordsKey {
  readonly pageId: string;
  readonly start: number;
  readonly count: number;
}

interface PageTextRow {
  readonly text: string;
  readonly words: readonly StoredWord[];
  readonly searchText: string;
  readonly grams: readonly string[];
}

type PageChange = Partial<Pick<PageEntity, 'state' | 'preview' | 'thumbnail' | 'textSource' | 'textEngine' | 'error'>>;

/** Pages, their texts and words in the database. */
export const pageRepository = {
  findByIds: (manager: EntityManager, ids: readonly string[]): Promise<PageEntity[]> =>
    manager.findBy(PageEntity, { id: In(possibleIds(ids)) }),

  findByImport: (manager: EntityManager, importId: string): Promise<PageEntity[]> =>
    manager.find(PageEntity, { where: { importId }, order: { sourceNumber: 'ASC' } }),

  /** The pages of many notebooks in order, in one statement; `after` is a page's number. */
  lists: (manager: EntityManager, keys: readonly ListKey<number>[]): Promise<PageEntity[][]> =>
    listsOf<PageEntity, number>(
      manager,
      keys,
      `SELECT ${columnsOf(manager, PageEntity, 'p')} FROM page p
       WHERE p.notebook_id = r.parent_id AND p.number > coalesce(r.after::int, 0) ORDER BY p.number LIMIT r.count`,
      (a, b) => a.number - b.number,
    ),

  /** All new pages of an import in one statement. */
  async insertMany(
    manager: EntityManager,
    of: { readonly notebookId: string; readonly ownerId: string; readonly importId: string },
    pages: readonly NewPage[],
  ): Promise<void> {
    await manager.query(
      `INSERT INTO page (id, notebook_id, owner_id, import_id, state, number, source_number, width, height)
       SELECT id, $1, $2, $3, 'PENDING', number, source_number, width, height
       FROM unnest($4::uuid[], $5::int[], $6::int[], $7::float8[], $8::float8[])
         AS p (id, number, source_number, width, height)`,
      [
        of.notebookId,
        of.ownerId,
        of.importId,
        pages.map(({ id }) => id),
        pages.map(({ number }) => number),
        pages.map(({ sourceNumber }) => sourceNumber),
        pages.map(({ width }) => width),
        pages.map(({ height }) => height),
      ],
    );
  },

  /** Changes a page of an import if it is in this state; null when it is not, or is gone. */
  async advance(
    manager: EntityManager,
    page: { readonly id: string; readonly importId: string },
    from: readonly PageState[],
    change: PageChange,
  ): Promise<{ number: number } | null> {
    const result = await manager
      .createQueryBuilder()
      .update(PageEntity)
      .set(change)
      .where({ ...page, state: In([...from]) })
      .returning('number')
      .execute();
    const rows = result.raw as { number: number }[]; // what `returning` names
    return rows[0] ?? null;
  },

  /** Makes failed pages of an import pending again. */
  async resetFailed(manager: EntityManager, importId: string): Promise<void> {
    await manager.update(PageEntity, { importId, state: 'FAILED' }, { state: 'PENDING', error: null });
  },

  /** Removes the pages of an import that have no text yet; returns their ids. */
  async removeUnread(manager: EntityManager, importId: string): Promise<string[]> {
    const [rows] = await manager.query<[{ id: string }[], number]>(
      "DELETE FROM page WHERE import_id = $1 AND state <> 'READ' RETURNING id",
      [importId],
    );
    return rows.map(({ id }) => id);
  },

  /** Sets the notebook's page count to what it is; the notebook is locked. */
  async recount(manager: EntityManager, notebookId: string): Promise<void> {
    await manager.query(
      `UPDATE notebook SET updated_at = now(), page_count = (SELECT count(*) FROM page WHERE notebook_id = $1)
       WHERE id = $1`,
      [notebookId],
    );
  },

  async insertText(
    manager: EntityManager,
    page: { readonly id: string; readonly ownerId: string; readonly notebookId: string; readonly number: number },
    { text, words, searchText, grams }: PageTextRow,
  ): Promise<void> {
    await manager.query(
      `INSERT INTO page_text (page_id, owner_id, notebook_id, number, text, words, search_text, grams)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [page.id, page.ownerId, page.notebookId, page.number, text, JSON.stringify(words), searchText, grams],
    );
  },

  async findTexts(
    manager: EntityManager,
    ownerId: string,
    pageIds: readonly string[],
  ): Promise<{ readonly pageId: string; readonly text: string }[]> {
    return manager.query<{ pageId: string; text: string }[]>(
      'SELECT page_id AS "pageId", text FROM page_text WHERE owner_id = $1 AND page_id = ANY($2::uuid[])',
      [ownerId, pageIds],
    );
  },

  /** Parts of the words of many pages in one statement; only these parts leave the database. */
  async findWords(manager: EntityManager, ownerId: string, keys: readonly WordsKey[]): Promise<StoredWord[][]> {
    const rows = await manager.query<{ position: string; words: StoredWord[] }[]>(
      `SELECT r.position, jsonb_path_query_array(t.words, '$[$from to $to]',
                jsonb_build_object('from', r.start, 'to', r.start + r.count - 1)) AS words
       FROM unnest($2::uuid[], $3::int[], $4::int[]) WITH ORDINALITY AS r (page_id, start, count, position)
       JOIN page_text t ON t.page_id = r.page_id AND t.owner_id = $1`,
      [ownerId, keys.map(({ pageId }) => pageId), keys.map(({ start }) => start), keys.map(({ count }) => count)],
    );
    const found = new Map(rows.map(({ position, words }) => [Number(position) - 1, words]));
    return keys.map((_key, index) => found.get(index) ?? []);
  },
};
