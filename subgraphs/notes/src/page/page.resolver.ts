import { Args, Ctx, Directive, FieldResolver, Query, Resolver, Root } from 'type-graphql';

import { NotFoundError } from '@terakoya/common/errors';
import { IdArg, type ConnectionShape, PAGED, toConnection } from '@terakoya/common/graphql';

import type { NotesContext } from '../context';
import { NotebookType, presentNotebook } from '../notebook/notebook.type';
import { PageType, WordConnection, WordType, presentPage } from './page.type';
import { WordArgs } from './word.args';

@Resolver(() => PageType)
export class PageResolver {
  @Directive('@authenticated')
  @Query(() => PageType, { nullable: true, description: "A page of the viewer's by id; NOT_FOUND for any other." })
  async page(@IdArg('id', 'Page') id: string, @Ctx() { pages }: NotesContext): Promise<PageType> {
    const found = await pages.load(id);
    if (!found) throw new NotFoundError('page', id);
    return presentPage(found);
  }

  @Directive('@sameForAll')
  @FieldResolver(() => String, {
    nullable: true,
    description: 'Its text in reading order with line breaks, at most 200000 characters; null until it is read.',
  })
  async text(@Root() { id }: PageType, @Ctx() { texts }: NotesContext): Promise<string | null> {
    return (await texts.load(id))?.text ?? null;
  }

  @Directive(PAGED)
  @Directive('@sameForAll')
  @FieldResolver(() => WordConnection, { description: 'Its words in reading order; none until it is read.' })
  async words(
    @Root() { id }: PageType,
    @Args(() => WordArgs) { first, after }: WordArgs,
    @Ctx() { wordLists }: NotesContext,
  ): Promise<ConnectionShape<WordType>> {
    return toConnection(await wordLists.load({ parentId: id, first, after }), (word) => word, { after });
  }

  @Directive('@sameForAll')
  @FieldResolver(() => NotebookType, { description: 'The notebook it is in.' })
  async notebook(@Root() { notebookId }: PageType, @Ctx() { notebooks }: NotesContext): Promise<NotebookType> {
    const found = await notebooks.load(notebookId);
    if (!found) throw new NotFoundError('notebook', notebookId);
    return presentNotebook(found);
  }
}
