import { type Viewer, requireViewer } from '@terakoya/common/auth';
import { type Database, type Page, type PageRequest, decodeCursor, pageOf } from '@terakoya/common/database';
import { BadInputError, NotFoundError } from '@terakoya/common/errors';

import { isOwner } from '../ownership.policy';
import { notebookRepository } from '../notebook/notebook.repository';
import type { PageEntity } from '../page/page.entity';
import { gramsOf, normalise } from './normalise';
import { searchRepository } from './search.repository';

export interface SearchHit {
  readonly page: PageEntity;
  readonly snippet: string;
  readonly matches: number;
}

const LONGEST_QUERY = 200;
const SNIPPET_BEFORE = 30;
const SNIPPET_AFTER = 60;

/** Search in the viewer's pages: exact, from one character on, in any script. */
export class SearchService {
  constructor(private readonly database: Database) {}

  async search(
    viewer: Viewer | null,
    query: string,
    notebookId: string | undefined,
    { first, after }: PageRequest,
  ): Promise<Page<SearchHit>> {
    const { userId } = requireViewer(viewer);
    const wanted = requireQuery(query);
    if (notebookId !== undefined) await this.#requireNotebook(viewer, notebookId);
    const [afterId] = decodeCursor(after) ?? [];
    const rows = await searchRepository.find(this.database.manager, {
      ownerId: userId,
      notebookId,
      text: wanted,
      grams: gramsOf(wanted).filter((gram) => [...gram].length === Math.min(2, [...wanted].length)),
      afterId: afterId?.toString(),
      limit: first + 1,
    });
    return pageOf(
      rows.map((page) => present(page, wanted)),
      first,
      ({ page }) => [page.id],
    );
  }

  async #requireNotebook(viewer: Viewer | null, notebookId: string): Promise<void> {
    const [notebook] = await notebookRepository.findMany(this.database.manager, [notebookId]);
    if (!notebook || !isOwner(viewer, notebook)) throw new NotFoundError('notebook', notebookId);
  }
}

function requireQuery(query: string): string {
  if (query.length > LONGEST_QUERY) throw new BadInputError('query', `must have at most ${LONGEST_QUERY} characters`);
  const wanted = normalise(query).text;
  if (wanted === '') throw new BadInputError('query', 'must have at least one character that is not blank');
  return wanted;
}

function present(page: PageEntity, wanted: string): SearchHit {
  const original = page.text ?? '';
  const { text, offsets } = normalise(original);
  const first = text.indexOf(wanted);
  let matches = 0;
  for (let at = first; at !== -1; at = text.indexOf(wanted, at + wanted.length)) matches += 1;
  const begin = Math.max(0, (offsets[first] ?? 0) - SNIPPET_BEFORE);
  const end = (offsets[first + wanted.length - 1] ?? 0) + SNIPPET_AFTER;
  return { page, matches, snippet: original.slice(begin, end).toWellFormed().replace(/\s+/g, ' ').trim() };
}
