import DataLoader from 'dataloader';

import type { Viewer } from '@terakoya/common/auth';
import type { StoredImage, Word } from '@terakoya/common/contracts';
import type { Page, PageRequest } from '@terakoya/common/database';
import { type SubgraphContext, createLoader } from '@terakoya/common/graphql';

import type { ImportEntity } from './import/import.entity';
import type { NotebookEntity } from './notebook/notebook.entity';
import { pageIdOfImage } from './page/image-key';
import type { PageEntity } from './page/page.entity';
import type { NotesServices } from './schema';

/** A part of the list that belongs to a parent. */
type ListRequest = PageRequest & { readonly parentId: string };

/** Everything by id, and lists by parent, as the viewer may see it; one statement for all that is asked for together. */
export interface NotesContext extends SubgraphContext {
  /** The service that asks: the gateway, or one that asks for itself. */
  readonly caller: string;
  readonly notebooks: DataLoader<string, NotebookEntity | null>;
  readonly pages: DataLoader<string, PageEntity | null>;
  readonly imports: DataLoader<string, ImportEntity | null>;
  readonly texts: DataLoader<string, { readonly pageId: string; readonly text: string } | null>;
  readonly pageLists: DataLoader<ListRequest, Page<PageEntity>, string>;
  readonly importLists: DataLoader<ListRequest, Page<ImportEntity>, string>;
  readonly wordLists: DataLoader<ListRequest, Page<Word>, string>;
  /** By storage key. */
  readonly images: DataLoader<string, StoredImage | null>;
}

const idOf = ({ id }: { readonly id: string }): string => id;

export function createNotesContext(services: NotesServices, viewer: Viewer | null, caller: string): NotesContext {
  const { notebooks, pages, imports } = services;
  return {
    viewer,
    caller,
    notebooks: createLoader((ids) => notebooks.findMany(viewer, ids), idOf),
    pages: createLoader((ids) => pages.findMany(viewer, ids), idOf),
    imports: createLoader((ids) => imports.findMany(viewer, ids), idOf),
    texts: createLoader(
      (ids) => pages.findTexts(viewer, ids),
      ({ pageId }) => pageId,
    ),
    pageLists: createListLoader((requests) => pages.listMany(viewer, requests)),
    importLists: createListLoader((requests) => imports.listMany(viewer, requests)),
    wordLists: createListLoader((requests) => pages.wordsMany(viewer, requests)),
    images: createImageLoader((pageIds) => pages.findImages(viewer, pageIds)),
  };
}

function createListLoader<R>(
  find: (requests: readonly ListRequest[]) => Promise<Page<R>[]>,
): DataLoader<ListRequest, Page<R>, string> {
  return new DataLoader(find, { cacheKeyFn: ({ parentId, first, after }) => JSON.stringify([parentId, first, after]) });
}

function createImageLoader(
  find: (pageIds: readonly string[]) => Promise<StoredImage[]>,
): DataLoader<string, StoredImage | null> {
  return createLoader(
    (keys) => find([...new Set(keys.flatMap((key) => pageIdOfImage(key) ?? []))]),
    ({ key }) => key,
  );
}
