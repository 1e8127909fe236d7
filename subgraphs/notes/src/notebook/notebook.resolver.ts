import { Arg, Args, Ctx, Directive, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';

import { NotFoundError } from '@terakoya/common/errors';
import { ConnectionArgs, IdArg, type ConnectionShape, PAGED, toConnection } from '@terakoya/common/graphql';

import type { NotesContext } from '../context';
import { ImportConnection, ImportType, presentImport } from '../import/import.type';
import { PageConnection, PageType, presentPage } from '../page/page.type';
import { CreateNotebookInput, RenameNotebookInput } from './notebook.inputs';
import type { NotebookService } from './notebook.service';
import { NotebookConnection, NotebookType, presentNotebook } from './notebook.type';

@Resolver(() => NotebookType)
export class NotebookResolver {
  constructor(private readonly notebooks: NotebookService) {}

  @Directive('@authenticated')
  @Query(() => NotebookType, {
    nullable: true,
    description: "A notebook of the viewer's by id; NOT_FOUND for any other.",
  })
  async notebook(@IdArg('id', 'Notebook') id: string, @Ctx() { notebooks }: NotesContext): Promise<NotebookType> {
    const found = await notebooks.load(id);
    if (!found) throw new NotFoundError('notebook', id);
    return presentNotebook(found);
  }

  @Directive('@authenticated')
  @Directive(PAGED)
  @Query(() => NotebookConnection, { description: "The viewer's notebooks, newest first." })
  async myNotebooks(
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Ctx() { viewer }: NotesContext,
  ): Promise<ConnectionShape<NotebookType>> {
    return toConnection(await this.notebooks.list(viewer, args), presentNotebook, args);
  }

  @Directive('@authenticated')
  @Mutation(() => NotebookType, { description: 'Makes an empty notebook.' })
  async createNotebook(
    @Arg('input') input: CreateNotebookInput,
    @Ctx() { viewer }: NotesContext,
  ): Promise<NotebookType> {
    return presentNotebook(await this.notebooks.create(viewer, input.title.trim()));
  }

  @Directive('@authenticated')
  @Mutation(() => NotebookType, { description: 'Gives a notebook another title.' })
  async renameNotebook(
    @Arg('input') input: RenameNotebookInput,
    @Ctx() { viewer }: NotesContext,
  ): Promise<NotebookType> {
    return presentNotebook(await this.notebooks.rename(viewer, input.notebookId, input.title.trim()));
  }

  @Directive('@authenticated')
  @Mutation(() => Boolean, {
    description:
      'Removes a notebook with its pages, images and imports, for good; unfinished imports stop. Always true.',
  })
  async deleteNotebook(
    @IdArg('notebookId', 'Notebook') notebookId: string,
    @Ctx() { viewer }: NotesContext,
  ): Promise<boolean> {
    await this.notebooks.delete(viewer, notebookId);
    return true;
  }

  @Directive(PAGED)
  @Directive('@sameForAll')
  @FieldResolver(() => PageConnection, { description: 'Its pages by number.' })
  async pages(
    @Root() { id }: NotebookType,
    @Args(() => ConnectionArgs) { first, after }: ConnectionArgs,
    @Ctx() { pageLists }: NotesContext,
  ): Promise<ConnectionShape<PageType>> {
    return toConnection(await pageLists.load({ parentId: id, first, after }), presentPage, { after });
  }

  @Directive(PAGED)
  @Directive('@sameForAll')
  @FieldResolver(() => ImportConnection, { description: 'The imports into it, newest first.' })
  async imports(
    @Root() { id }: NotebookType,
    @Args(() => ConnectionArgs) { first, after }: ConnectionArgs,
    @Ctx() { importLists }: NotesContext,
  ): Promise<ConnectionShape<ImportType>> {
    return toConnection(await importLists.load({ parentId: id, first, after }), presentImport, { after });
  }
}
