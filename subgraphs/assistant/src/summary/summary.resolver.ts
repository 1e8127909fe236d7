import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';

import type { AssistantContext } from '../context';
import type { SummaryService } from './summary.service';
import { NotebookReference, NotebookSummaryType, presentSummary } from './summary.type';

@Resolver(() => NotebookReference)
export class SummaryResolver {
  constructor(private readonly summaries: SummaryService) {}

  @FieldResolver(() => NotebookSummaryType, {
    nullable: true,
    description: 'Its summary and key words; null while it has no text.',
  })
  async summary(
    @Root() { id }: NotebookReference,
    @Ctx() { summaryOf }: AssistantContext,
  ): Promise<NotebookSummaryType | null> {
    const row = await summaryOf.load(id);
    return row && presentSummary(row);
  }

  @Mutation(() => NotebookSummaryType, {
    description: 'Makes a new summary of a notebook of yours; CONFLICT while one is being made.',
  })
  async summariseNotebook(
    @Arg('notebookId', () => ID) notebookId: string,
    @Ctx() { viewer }: AssistantContext,
  ): Promise<NotebookSummaryType> {
    return presentSummary(await this.summaries.renew(viewer, notebookId));
  }
}
