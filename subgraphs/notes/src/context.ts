import DataLoader from 'dataloader';

import type { Viewer } from '@terakoya/common/auth';
import type { Word } from '@terakoya/common/contracts';
import type { Page, PageRequest } from '@terakoya/common/database';
import { type SubgraphContext, createLoader } from '@terakoya/common/graphql';

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
    pagesOf: listLoaders((ids, args) => pages.listOfNotebooks(ids, args)),
    importsOf: listLoaders((ids, args) => imports.listOfNotebooks(ids, args)),
  };
}

/** One loader for each set of list arguments that a request uses. */
function listLoaders<R>(
  list: (ids: readonly string[], args: PageRequest) => Promise<R[]>,
): (args: PageRequest) => DataLoader<string, R> {
  const loaders = new Map<string, DataLoader<string, R>>();
  return (args) => {
    const key = `${args.first}:${args.after ?? ''}`;
    const loader = loaders.get(key) ?? new DataLoader((ids: readonly string[]) => list(ids, args));
    loaders.set(key, loader);
    return loader;
  };
}
