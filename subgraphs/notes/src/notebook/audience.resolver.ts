import { Arg, Ctx, Directive, Query, Resolver } from 'type-graphql';

import { ForbiddenError } from '@terakoya/common/errors';

import type { NotesContext } from '../context';
import type { NotebookService } from './notebook.service';

/**
 * Tells the realtime server who may hear of a notebook. Clients do not see this: it is not in the schema they ask. It speaks
 * of keys, as events do, not of ids.
 */
@Resolver()
export class AudienceResolver {
  constructor(private readonly notebooks: NotebookService) {}

  @Directive('@inaccessible')
  @Query(() => [String], {
    description: 'Those of the users who may see a notebook. For the realtime server: FORBIDDEN.',
  })
  async notebookAudience(
    @Arg('notebookId') notebookId: string,
    @Arg('userIds', () => [String]) userIds: string[],
    @Ctx() { caller, viewer }: NotesContext,
  ): Promise<string[]> {
    if (caller !== 'realtime' || viewer) throw new ForbiddenError('Only the realtime server asks this, for itself.');
    return this.notebooks.audienceOf(notebookId, userIds);
  }
}
