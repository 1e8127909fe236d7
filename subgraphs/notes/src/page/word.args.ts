import { Max, Min } from 'class-validator';
import { ArgsType, Field, Int } from 'type-graphql';

/** The arguments of a page's words: there are many more of them than of other things. */
@ArgsType()
export class WordArgs {
  @Field(() => Int, { defaultValue: 100, description: 'How many to return, 1 to 1000.' })
  @Min(1)
  @Max(1000)
  first!: number;

  @Field(() => String, { nullable: true, description: 'Return those after this cursor (`pageInfo.endCursor`).' })
  after?: string;
}
