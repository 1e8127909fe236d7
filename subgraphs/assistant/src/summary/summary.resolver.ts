import { Ctx, Directive, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';

import { IdArg } from '@terakoya/common/graphql';

import type { AssistantContext } from '../context';
import type { SummaryService } from './summary.service';
import { NotebookSummaryType, NotebookType, presentSummary } from './summary.type';

@Resolver(() => NotebookType)
export class SummaryResolver {
  constructor(private readonly summaries: SummaryService) {}

  @FieldResolver(() => NotebookSummaryType, {
    nullable: true,
    description: 'Its summary; null when there is no text in it, and for everybody but its owner.',
  })
  async summary(
    @Root() { id }: NotebookType,
    @Ctx() { summaries }: AssistantContext,
  ): Promise<NotebookSummaryType | null> {
    const found = await summaries.load(id);
    return found && presentSummary(found);
  }

  @Directive('@authenticated')
  @Directive('@cost(weight: 100)')
  @Mutation(() => NotebookSummaryType, {
    description:
      "Summarises a notebook of the viewer's anew. NOT_FOUND for one without text, RATE_LIMITED while it is being " +
      'summarised.',
  })
  async summariseNotebook(
    @IdArg('notebookId', 'Notebook') notebookId: string,
    @Ctx() { viewer }: AssistantContext,
  ): Promise<NotebookSummaryType> {
    return presentSummary(await this.summaries.request(viewer, notebookId));
  }
}
