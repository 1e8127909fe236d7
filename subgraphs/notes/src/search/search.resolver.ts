import { Arg, Args, Ctx, ID, Query, Resolver } from 'type-graphql';

import { ConnectionArgs, toConnection } from '@terakoya/common/graphql';

import type { NotesContext } from '../context';
import type { SearchService } from './search.service';
import { PageSearchHitConnection, PageSearchHitType, presentHit } from './search.type';

@Resolver(() => PageSearchHitType)
export class SearchResolver {
  constructor(private readonly searches: SearchService) {}

  @Query(() => PageSearchHitConnection, {
    description:
      'Pages of yours that contain the query exactly; width and case of letters do not matter. From one character.',
  })
  async searchPages(
    @Arg('query', { description: '1 to 200 characters.' }) query: string,
    @Arg('notebookId', () => ID, { nullable: true, description: 'Only in this notebook.' })
    notebookId: string | undefined,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Ctx() { viewer }: NotesContext,
  ) {
    return toConnection(await this.searches.search(viewer, query, notebookId, args), presentHit);
  }
}
