import 'reflect-metadata';

import { Max, Min } from 'class-validator';
import { ArgsType, Field, Int } from 'type-graphql';

/** The arguments of every list, after the Relay cursor connections specification (forward paging). */
@ArgsType()
export class ConnectionArgs {
  @Field(() => Int, { defaultValue: 20, description: 'How many to return, 1 to 100.' })
  @Min(1)
  @Max(100)
  first!: number;

  @Field(() => String, { nullable: true, description: 'Return those after this cursor (`pageInfo.endCursor`).' })
  after?: string;
}
