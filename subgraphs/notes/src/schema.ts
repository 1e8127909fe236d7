import { DateTimeScalar, createSubgraphSchema } from '@terakoya/common/graphql';

import type { NotesContext } from './context';
import { ImportResolver } from './import/import.resolver';
import type { ImportService } from './import/import.service';
import { presentImport } from './import/import.type';
import { AudienceResolver } from './notebook/audience.resolver';
import { NotebookResolver } from './notebook/notebook.resolver';
import type { NotebookService } from './notebook/notebook.service';
import { presentNotebook } from './notebook/notebook.type';
import { PageResolver } from './page/page.resolver';
import type { PageService } from './page/page.service';
import { presentImage, presentPage } from './page/page.type';
import { SearchResolver } from './search/search.resolver';
import type { SearchService } from './search/search.service';

export interface NotesServices {
  readonly notebooks: NotebookService;
  readonly pages: PageService;
  readonly imports: ImportService;
  readonly searches: SearchService;
}

export function createNotesSchema({ notebooks, imports, searches }: NotesServices) {
  return createSubgraphSchema<NotesContext>({
    resolvers: [
      new NotebookResolver(notebooks),
      new AudienceResolver(notebooks),
      new PageResolver(),
      new ImportResolver(imports),
      new SearchResolver(searches),
    ],
    references: {
      Notebook: async ({ id }, context) => orNull(await context.notebooks.load(id), presentNotebook),
      Page: async ({ id }, context) => orNull(await context.pages.load(id), presentPage),
      ImportJob: async ({ id }, context) => orNull(await context.imports.load(id), presentImport),
      Image: async ({ id }, context) => orNull(await context.images.load(id), presentImage),
    },
    scalars: [{ type: Date, scalar: DateTimeScalar }],
  });
}

function orNull<R, T>(row: R | null, present: (row: R) => T): T | null {
  return row === null ? null : present(row);
}
