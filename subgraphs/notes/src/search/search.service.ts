import { type Viewer, requireViewer } from '@terakoya/common/auth';
import { type Database, type Page, type PageRequest, pageOf } from '@terakoya/common/database';
import { BadInputError, NotFoundError } from '@terakoya/common/errors';

import { placeCursor } from '../cursors';
import type { NotebookService } from '../notebook/notebook.service';
import { containsPattern, normalise, queryGramsOf } from './normalise';
import { searchRepository } from './search.repository';
import { snippetOf } from './snippet';

export interface SearchHit {
  readonly pageId: string;
  readonly snippet: string;
  readonly matches: number;
}

const LONGEST_QUERY = 100;

/** Finds pages by what they say; only the viewer's own. */
export class SearchService {
  constructor(
    private readonly database: Database,
    private readonly notebooks: NotebookService,
  ) {}

  /** BAD_USER_INPUT for an empty or too long query, NOT_FOUND for another's notebook. */
  async search(
    viewer: Viewer | null,
    query: string,
    notebookId: string | undefined,
    { first, after }: PageRequest,
  ): Promise<Page<SearchHit>> {
    const { userId } = requireViewer(viewer);
    const normal = requireQuery(query);
    if (notebookId !== undefined && (await this.notebooks.findMany(viewer, [notebookId])).length === 0) {
      throw new NotFoundError('notebook', notebookId);
    }
    const found = await searchRepository.find(this.database.manager, {
      ownerId: userId,
      notebookId,
      grams: queryGramsOf(normal),
      pattern: containsPattern(normal),
      after: placeCursor(after),
      limit: first + 1,
    });
    const { edges, ...rest } = pageOf(found, first, ({ notebookId: place, number }) => [place, number]);
    return {
      ...rest,
      edges: edges.map(({ cursor, node: { pageId, text } }) => ({
        cursor,
        node: { pageId, ...snippetOf(text, normal) },
      })),
    };
  }
}

function requireQuery(query: string): string {
  if (query.length > 4 * LONGEST_QUERY) throw tooLong();
  const normal = normalise(query.replaceAll('\0', '').toWellFormed());
  if (normal === '') throw new BadInputError('query', 'must not be blank');
  if (normal.length > LONGEST_QUERY) throw tooLong();
  return normal;
}

function tooLong(): BadInputError {
  return new BadInputError('query', `must have at most ${LONGEST_QUERY} characters`);
}
