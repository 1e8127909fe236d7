import type DataLoader from 'dataloader';

import type { Viewer } from '@terakoya/common/auth';
import type { Word } from '@terakoya/common/contracts';
import type { Page, PageRequest } from '@terakoya/common/database';
import { type SubgraphContext, createListLoaders, createLoader } from '@terakoya/common/graphql';

import type { ImportEntity } from './import/import.entity';
import type { NotebookEntity } from './notebook/notebook.entity';
import type { PageEntity } from './page/page.entity';
import type { NotesServices } from './schema';

/** What the resolvers of one request share: who asks, and loaders that put what is asked together into one statement. */
export interface NotesContext extends SubgraphContext {
  readonly notebookById: DataLoader<string, NotebookEntity | null>;
  readonly pageById: DataLoader<string, PageEntity | null>;
  readonly importById: DataLoader<string, ImportEntity | null>;
  readonly wordsOf: DataLoader<string, { readonly words: readonly Word[] } | null>;
  /** The pages of notebooks, for one set of list arguments. */
  readonly pagesOf: (args: PageRequest) => DataLoader<string, Page<PageEntity>>;
  readonly importsOf: (args: PageRequest) => DataLoader<string, Page<ImportEntity>>;
}

export function createNotesContext(viewer: Viewer | null, { notebooks, pages, imports }: NotesServices): NotesContext {
  return {
    viewer,
    notebookById: createLoader(
      (ids) => notebooks.findMany(viewer, ids),
      ({ id }) => id,
    ),
    pageById: createLoader(
      (ids) => pages.findMany(viewer, ids),
      ({ id }) => id,
    ),
    importById: createLoader(
      (ids) => imports.findMany(viewer, ids),
      ({ id }) => id,
    ),
    wordsOf: createLoader(
      (ids) => pages.findWords(ids),
      ({ pageId }) => pageId,
    ),
    pagesOf: createListLoaders((ids, args) => pages.listOfNotebooks(ids, args)),
    importsOf: createListLoaders((ids, args) => imports.listOfNotebooks(ids, args)),
  };
}
