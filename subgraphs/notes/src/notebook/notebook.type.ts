import { Directive, Field, Int, ObjectType } from 'type-graphql';

import { NodeType, connectionOf } from '@terakoya/common/graphql';

import type { NotebookEntity } from './notebook.entity';

@ObjectType('User', { implements: NodeType, description: 'A person of the school.' })
@Directive('@key(fields: "id", resolvable: false)')
class UserStub extends NodeType {}

@ObjectType('Notebook', {
  implements: NodeType,
  description: 'A notebook: pages from imported documents. Only its owner sees it.',
})
@Directive('@key(fields: "id")')
export class NotebookType extends NodeType {
  @Directive('@sameForAll')
  @Field({ description: 'The title, 1 to 200 characters.' })
  title!: string;

  @Directive('@sameForAll')
  @Field(() => UserStub, { description: 'Whose notebook it is.' })
  owner!: UserStub;

  @Directive('@sameForAll')
  @Field(() => Date, { description: 'When it was made.' })
  createdAt!: Date;

  @Directive('@sameForAll')
  @Field(() => Date, { description: 'When it was renamed, or an import into it began or ended.' })
  updatedAt!: Date;

  @Directive('@sameForAll')
  @Field(() => Int, { description: 'How many pages it has, at most 5000.' })
  pageCount!: number;
}

export const NotebookConnection = connectionOf(NotebookType, 'Notebook');

export function presentNotebook(notebook: NotebookEntity): NotebookType {
  const { id, title, createdAt, updatedAt, pageCount } = notebook;
  return { id, title, createdAt, updatedAt, pageCount, owner: { id: notebook.ownerId } };
}
