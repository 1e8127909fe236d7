import type { EntityManager } from 'typeorm';

interface SearchKey {
  readonly ownerId: string;
  readonly notebookId: string | undefined;
  /** All of these are in the page's grams. */
  readonly grams: readonly string[];
  /** The LIKE pattern that its normalised text fulfils. */
  readonly pattern: string;
  readonly after: readonly [notebookId: string, number: number] | undefined;
  readonly limit: number;
}

interface FoundText {
  readonly pageId: string;
  readonly notebookId: string;
  readonly number: number;
  readonly text: string;
}

export const searchRepository = {
  /**
   * The pages with the pattern, by notebook and number. The grams are looked up in a GIN index, which leaves few pages;
   * LIKE then decides, so what is found is exact, from one character on. (A trigram index knows nothing below three
   * characters, and two kanji are a whole word.)
   */
  async find(manager: EntityManager, key: SearchKey): Promise<FoundText[]> {
    const [afterNotebook, afterNumber] = key.after ?? [null, null];
    return await manager.query<FoundText[]>(
      `SELECT page_id AS "pageId", notebook_id AS "notebookId", number, text FROM page_text
       WHERE owner_id = $1 AND ($2::uuid IS NULL OR notebook_id = $2)
         AND grams @> $3::text[] AND search_text LIKE $4 ESCAPE '\\'
         AND ($5::uuid IS NULL OR (notebook_id, number) > ($5, $6))
       ORDER BY notebook_id, number LIMIT $7`,
      [key.ownerId, key.notebookId ?? null, key.grams, key.pattern, afterNotebook, afterNumber, key.limit],
    );
  },
};
