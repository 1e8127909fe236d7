import { IsOptional, IsUUID } from 'class-validator';
import { ArgsType, Field, ID } from 'type-graphql';

import { ConnectionArgs } from '@terakoya/common/graphql';

/** What is searched for, and where. */
@ArgsType()
export class SearchArgs extends ConnectionArgs {
  @Field({
    description:
      '1 to 100 characters that stand together on the page. Upper and lower case, full and half width, and spaces ' +
      'beside Japanese characters make no difference; every other sign means itself.',
  })
  query!: string;

  @Field(() => ID, { nullable: true, description: "Only in this notebook; without it in all of the viewer's." })
  @IsOptional()
  @IsUUID()
  notebookId?: string;
}
