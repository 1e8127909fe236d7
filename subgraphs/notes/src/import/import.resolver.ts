import { Arg, Ctx, Directive, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';

import { NotFoundError } from '@terakoya/common/errors';
import { IdArg } from '@terakoya/common/graphql';

import type { NotesContext } from '../context';
import { NotebookType, presentNotebook } from '../notebook/notebook.type';
import { ImportFileInput } from './import.inputs';
import type { ImportService } from './import.service';
import { ImportType, presentImport } from './import.type';

@Resolver(() => ImportType)
export class ImportResolver {
  constructor(private readonly imports: ImportService) {}

  @Directive('@authenticated')
  @Query(() => ImportType, { nullable: true, description: "An import of the viewer's by id; NOT_FOUND for any other." })
  async importJob(@IdArg('id', 'ImportJob') id: string, @Ctx() { imports }: NotesContext): Promise<ImportType> {
    const found = await imports.load(id);
    if (!found) throw new NotFoundError('import', id);
    return presentImport(found);
  }

  @Directive('@authenticated')
  @Directive('@cost(weight: 50)')
  @Mutation(() => ImportType, {
    description:
      'Imports a file: its pages are appended to the notebook. May be called before the upload is known to be complete. ' +
      'FILE_NOT_FOUND for a file that is not yours, LIMIT_EXCEEDED with 20 unfinished imports.',
  })
  async importFile(@Arg('input') input: ImportFileInput, @Ctx() { viewer }: NotesContext): Promise<ImportType> {
    return presentImport(await this.imports.start(viewer, input.notebookId, input.fileId));
  }

  @Directive('@authenticated')
  @Mutation(() => ImportType, {
    description:
      'Ends an unfinished import: pages that are not read yet are removed. CONFLICT when it has ended otherwise.',
  })
  async cancelImport(
    @IdArg('importId', 'ImportJob') importId: string,
    @Ctx() { viewer }: NotesContext,
  ): Promise<ImportType> {
    return presentImport(await this.imports.cancel(viewer, importId));
  }

  @Directive('@authenticated')
  @Directive('@cost(weight: 50)')
  @Mutation(() => ImportType, {
    description:
      'Imports what is missing of a failed or cancelled import, or of one with failed pages; pages keep their places. ' +
      'CONFLICT when nothing is missing.',
  })
  async retryImport(
    @IdArg('importId', 'ImportJob') importId: string,
    @Ctx() { viewer }: NotesContext,
  ): Promise<ImportType> {
    return presentImport(await this.imports.retry(viewer, importId));
  }

  @Directive('@sameForAll')
  @FieldResolver(() => NotebookType, { description: 'The notebook it goes into.' })
  async notebook(@Root() { notebookId }: ImportType, @Ctx() { notebooks }: NotesContext): Promise<NotebookType> {
    const found = await notebooks.load(notebookId);
    if (!found) throw new NotFoundError('notebook', notebookId);
    return presentNotebook(found);
  }
}
