import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';

import { NotFoundError } from '@terakoya/common/errors';

import type { NotesContext } from '../context';
import { NotebookType, presentNotebook } from '../notebook/notebook.type';
import { ImportFileInput } from './import.inputs';
import type { ImportService } from './import.service';
import { ImportType, presentImport } from './import.type';

@Resolver(() => ImportType)
export class ImportResolver {
  constructor(private readonly imports: ImportService) {}

  @Query(() => ImportType, { nullable: true, description: 'An import of yours by id; NOT_FOUND for any other.' })
  async importJob(@Arg('id', () => ID) id: string, @Ctx() { importById }: NotesContext): Promise<ImportType> {
    const row = await importById.load(id);
    if (!row) throw new NotFoundError('import', id);
    return presentImport(row);
  }

  @Mutation(() => ImportType, {
    description: 'Imports an uploaded document into a notebook: its pages follow those that are there.',
  })
  async importFile(@Arg('input') input: ImportFileInput, @Ctx() { viewer }: NotesContext): Promise<ImportType> {
    return presentImport(await this.imports.start(viewer, input.notebookId, input.fileId));
  }

  @Mutation(() => ImportType, {
    description: 'Stops a running import; pages that have their text stay. CONFLICT when it has ended.',
  })
  async cancelImport(
    @Arg('importId', () => ID) importId: string,
    @Ctx() { viewer }: NotesContext,
  ): Promise<ImportType> {
    return presentImport(await this.imports.cancel(viewer, importId));
  }

  @Mutation(() => ImportType, {
    description: 'Imports again what is missing of a failed, cancelled or incomplete import.',
  })
  async retryImport(@Arg('importId', () => ID) importId: string, @Ctx() { viewer }: NotesContext): Promise<ImportType> {
    return presentImport(await this.imports.retry(viewer, importId));
  }

  @FieldResolver(() => NotebookType, { nullable: true, description: 'The notebook it imports into.' })
  async notebook(
    @Root() { notebookId }: ImportType,
    @Ctx() { notebookById }: NotesContext,
  ): Promise<NotebookType | null> {
    const row = await notebookById.load(notebookId);
    return row && presentNotebook(row);
  }
}
