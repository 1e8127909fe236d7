import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';

import { ConnectionArgs, toConnection } from '@terakoya/common/graphql';
import { NotFoundError } from '@terakoya/common/errors';

import type { NotesContext } from '../context';
import { ImportConnection, presentImport } from '../import/import.type';
import { PageConnection, presentPage } from '../page/page.type';
import { CreateNotebookInput, RenameNotebookInput } from './notebook.inputs';
import type { NotebookService } from './notebook.service';
import { NotebookConnection, NotebookType, presentNotebook } from './notebook.type';

@Resolver(() => NotebookType)
export class NotebookResolver {
  constructor(private readonly notebooks: NotebookService) {}

  @Query(() => NotebookType, { nullable: true, description: 'A notebook of yours by id; NOT_FOUND for any other.' })
  async notebook(@Arg('id', () => ID) id: string, @Ctx() { notebookById }: NotesContext): Promise<NotebookType> {
    const row = await notebookById.load(id);
    if (!row) throw new NotFoundError('notebook', id);
    return presentNotebook(row);
  }

  @Query(() => NotebookConnection, { description: 'Your notebooks, newest first.' })
  async myNotebooks(@Args(() => ConnectionArgs) args: ConnectionArgs, @Ctx() { viewer }: NotesContext) {
    return toConnection(await this.notebooks.list(viewer, args), presentNotebook);
  }

  @Mutation(() => NotebookType, { description: 'Makes an empty notebook.' })
  async createNotebook(
    @Arg('input') { title }: CreateNotebookInput,
    @Ctx() { viewer }: NotesContext,
  ): Promise<NotebookType> {
    return presentNotebook(await this.notebooks.create(viewer, title));
  }

  @Mutation(() => NotebookType, { description: 'Renames a notebook of yours.' })
  async renameNotebook(
    @Arg('input') input: RenameNotebookInput,
    @Ctx() { viewer }: NotesContext,
  ): Promise<NotebookType> {
    return presentNotebook(await this.notebooks.rename(viewer, input.notebookId, input.title));
  }

  @Mutation(() => Boolean, {
    description: 'Deletes a notebook of yours with its pages; running imports are cancelled.',
  })
  async deleteNotebook(
    @Arg('notebookId', () => ID) notebookId: string,
    @Ctx() { viewer }: NotesContext,
  ): Promise<boolean> {
    await this.notebooks.delete(viewer, notebookId);
    return true;
  }

  @FieldResolver(() => PageConnection, { description: 'Its pages in order.' })
  async pages(
    @Root() { id }: NotebookType,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Ctx() { pagesOf }: NotesContext,
  ) {
    return toConnection(await pagesOf(args).load(id), presentPage);
  }

  @FieldResolver(() => ImportConnection, { description: 'The imports into it, newest first.' })
  async imports(
    @Root() { id }: NotebookType,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Ctx() { importsOf }: NotesContext,
  ) {
    return toConnection(await importsOf(args).load(id), presentImport);
  }
}
