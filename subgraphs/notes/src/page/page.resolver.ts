import { Max, Min } from 'class-validator';
import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';

import { decodeCursor, pageOf } from '@terakoya/common/database';
import { NotFoundError } from '@terakoya/common/errors';
import { toConnection } from '@terakoya/common/graphql';

import type { NotesContext } from '../context';
import { NotebookType, presentNotebook } from '../notebook/notebook.type';
import { PageType, WordConnection, presentPage } from './page.type';

@ArgsType()
class WordsArgs {
  @Field(() => Int, { defaultValue: 100, description: 'How many to return, 1 to 1000.' })
  @Min(1)
  @Max(1000)
  first!: number;

  @Field(() => String, { nullable: true, description: 'Return those after this cursor.' })
  after?: string;
}

@Resolver(() => PageType)
export class PageResolver {
  @Query(() => PageType, { nullable: true, description: 'A page of yours by id; NOT_FOUND for any other.' })
  async page(@Arg('id', () => ID) id: string, @Ctx() { pageById }: NotesContext): Promise<PageType> {
    const row = await pageById.load(id);
    if (!row) throw new NotFoundError('page', id);
    return presentPage(row);
  }

  @FieldResolver(() => NotebookType, { nullable: true, description: 'The notebook it belongs to.' })
  async notebook(
    @Root() { notebookId }: PageType,
    @Ctx() { notebookById }: NotesContext,
  ): Promise<NotebookType | null> {
    const row = await notebookById.load(notebookId);
    return row && presentNotebook(row);
  }

  @FieldResolver(() => WordConnection, { description: 'Its words in reading order.' })
  async words(
    @Root() { id }: PageType,
    @Args(() => WordsArgs) { first, after }: WordsArgs,
    @Ctx() { wordsOf }: NotesContext,
  ) {
    const start = Number(decodeCursor(after)?.[0] ?? 0);
    const words = (await wordsOf.load(id))?.words ?? [];
    const numbered = words.slice(start, start + first + 1).map((word, index) => ({ word, end: start + index + 1 }));
    return toConnection(
      pageOf(numbered, first, ({ end }) => [end]),
      ({ word }) => word,
    );
  }
}
