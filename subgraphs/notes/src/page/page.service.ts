import type { Viewer } from '@terakoya/common/auth';
import type { Word } from '@terakoya/common/contracts';
import { type Database, type Page, type PageRequest, decodeCursor, pageOf } from '@terakoya/common/database';
import { BadInputError } from '@terakoya/common/errors';

import { isOwner } from '../ownership.policy';
import type { PageEntity } from './page.entity';
import { pageRepository } from './page.repository';

/** Pages, for reading. */
export class PageService {
  constructor(private readonly database: Database) {}

  /** Those of the pages that the viewer may see; not in order. */
  async findMany(viewer: Viewer | null, ids: readonly string[]): Promise<PageEntity[]> {
    const pages = await pageRepository.findMany(this.database.manager, ids);
    return pages.filter((page) => isOwner(viewer, page));
  }

  /** The words of pages that the viewer was already shown. */
  async findWords(pageIds: readonly string[]): Promise<{ pageId: string; words: readonly Word[] }[]> {
    return pageRepository.findWords(this.database.manager, pageIds);
  }

  /** For each notebook its first pages after the cursor, all in one statement. */
  async listOfNotebooks(notebookIds: readonly string[], { first, after }: PageRequest): Promise<Page<PageEntity>[]> {
    const afterNumber = numberOf(after);
    const rows = await pageRepository.listOfNotebooks(this.database.manager, notebookIds, first, afterNumber);
    const byNotebook = Map.groupBy(rows, (page) => page.notebookId);
    return notebookIds.map((id) => pageOf(byNotebook.get(id) ?? [], first, (page) => [page.number]));
  }
}

function numberOf(after: string | undefined): number {
  const [number = 0] = decodeCursor(after) ?? [];
  if (typeof number !== 'number') throw new BadInputError('after', 'is not a cursor of this list');
  return number;
}
