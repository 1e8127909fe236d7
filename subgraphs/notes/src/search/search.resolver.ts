import { Args, Ctx, Directive, FieldResolver, Query, Resolver, Root } from 'type-graphql';

import { NotFoundError } from '@terakoya/common/errors';
import { type ConnectionShape, PAGED, toConnection } from '@terakoya/common/graphql';

import type { NotesContext } from '../context';
import { PageType, presentPage } from '../page/page.type';
import { SearchArgs } from './search.args';
import type { SearchService } from './search.service';
import { PageSearchHitConnection, PageSearchHitType, presentHit } from './search.type';

@Resolver(() => PageSearchHitType)
export class SearchResolver {
  constructor(private readonly searches: SearchService) {}

  @Directive('@authenticated')
  @Directive(PAGED)
  @Directive('@cost(weight: 10)')
  @Query(() => PageSearchHitConnection, {
    description: "The viewer's pages that have the query in their text, by notebook and page number.",
  })
  async searchPages(
    @Args(() => SearchArgs) { query, notebookId, first, after }: SearchArgs,
    @Ctx() { viewer }: NotesContext,
  ): Promise<ConnectionShape<PageSearchHitType>> {
    const found = await this.searches.search(viewer, query, notebookId ?? undefined, { first, after });
    return toConnection(found, presentHit, { after });
  }

  @FieldResolver(() => PageType, { description: 'The page.' })
  async page(@Root() { pageId }: PageSearchHitType, @Ctx() { pages }: NotesContext): Promise<PageType> {
    const found = await pages.load(pageId);
    if (!found) throw new NotFoundError('page', pageId);
    return presentPage(found);
  }
}
