import { type Viewer, requireViewer } from '@terakoya/common/auth';
import type { StoredImage, Word } from '@terakoya/common/contracts';
import { type Database, type Page, type PageRequest, pageOf, possibleIds } from '@terakoya/common/database';

import { numberCursor } from '../cursors';
import { isOwner } from '../ownership.policy';
import type { PageEntity } from './page.entity';
import { pageRepository } from './page.repository';
import { unpackWord } from './stored-words';

/** Pages as their owner reads them; every method answers for many at once. */
export class PageService {
  constructor(private readonly database: Database) {}

  /** Those of the pages that are the viewer's; NOT in order. */
  async findMany(viewer: Viewer | null, ids: readonly string[]): Promise<PageEntity[]> {
    requireViewer(viewer);
    const pages = await pageRepository.findByIds(this.database.manager, ids);
    return pages.filter((page) => isOwner(viewer, page));
  }

  /** For each request a page (of the list) of a notebook's pages by number. */
  async listMany(
    viewer: Viewer | null,
    requests: readonly (PageRequest & { parentId: string })[],
  ): Promise<Page<PageEntity>[]> {
    requireViewer(viewer);
    const keys = requests.map(({ parentId, first, after }) => ({
      parentId,
      after: numberCursor(after),
      count: first + 1,
    }));
    const lists = await pageRepository.lists(this.database.manager, keys);
    return lists.map((pages, index) => {
      const own = pages.filter((page) => isOwner(viewer, page));
      return pageOf(own, requests[index]?.first ?? 0, ({ number }) => [number]);
    });
  }

  /** The texts of those of the pages that are the viewer's and read. */
  async findTexts(viewer: Viewer | null, pageIds: readonly string[]): Promise<{ pageId: string; text: string }[]> {
    const { userId } = requireViewer(viewer);
    return pageRepository.findTexts(this.database.manager, userId, possibleIds(pageIds));
  }

  /** For each request a page (of the list) of a page's words in reading order; empty for pages of others. */
  async wordsMany(
    viewer: Viewer | null,
    requests: readonly (PageRequest & { parentId: string })[],
  ): Promise<Page<Word>[]> {
    const { userId } = requireViewer(viewer);
    const keys = requests.map(({ parentId, first, after }) => ({
      pageId: parentId,
      start: (numberCursor(after) ?? -1) + 1,
      count: first + 1,
    }));
    const parts = await pageRepository.findWords(this.database.manager, userId, keys);
    return parts.map((words, index) => {
      const start = keys[index]?.start ?? 0;
      const placed = words.map((word, offset) => ({ word: unpackWord(word), place: start + offset }));
      const { edges, ...rest } = pageOf(placed, requests[index]?.first ?? 0, ({ place }) => [place]);
      return { ...rest, edges: edges.map(({ cursor, node }) => ({ cursor, node: node.word })) };
    });
  }

  /** The images of those of the pages that are the viewer's. */
  async findImages(viewer: Viewer | null, pageIds: readonly string[]): Promise<StoredImage[]> {
    const pages = await this.findMany(viewer, pageIds);
    return pages.flatMap(({ preview, thumbnail }) => [preview, thumbnail]).filter((image) => image !== null);
  }
}
