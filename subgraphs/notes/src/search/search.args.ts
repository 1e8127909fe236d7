import { ArgsType, Field } from 'type-graphql';

import { ConnectionArgs, IdField } from '@terakoya/common/graphql';

/** What is searched for, and where. */
@ArgsType()
export class SearchArgs extends ConnectionArgs {
  @Field({
    description:
      '1 to 100 characters that stand together on the page. Upper and lower case, full and half width, and spaces ' +
      'beside Japanese characters make no difference; every other sign means itself.',
  })
  query!: string;

  @IdField('Notebook', {
    nullable: true,
    description: "Only in this notebook; without it in all of the viewer's.",
  })
  notebookId?: string;
}
