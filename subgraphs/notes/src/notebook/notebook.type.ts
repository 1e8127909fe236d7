import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';

import { connectionOf } from '@terakoya/common/graphql';

import type { NotebookEntity } from './notebook.entity';

@ObjectType('User', { description: 'A person of the school.' })
@Directive('@key(fields: "id", resolvable: false)')
export class UserReference {
  @Field(() => ID, { description: 'UUID.' })
  id!: string;
}

@ObjectType('Notebook', { description: 'Pages in order, imported from documents.' })
@Directive('@key(fields: "id")')
export class NotebookType {
  @Field(() => ID, { description: 'UUID.' })
  id!: string;

  @Field({ description: 'Title.' })
  title!: string;

  @Field(() => UserReference, { description: 'Whose it is.' })
  owner!: UserReference;

  @Field(() => Date, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => Date, { description: 'When its title or its pages last changed.' })
  updatedAt!: Date;

  @Field(() => Int, { description: 'How many pages it has.' })
  pageCount!: number;
}

export const NotebookConnection = connectionOf(NotebookType, 'Notebook');

export function presentNotebook(row: NotebookEntity): NotebookType {
  const { id, title, ownerId, createdAt, updatedAt, pageCount } = row;
  return { id, title, owner: { id: ownerId }, createdAt, updatedAt, pageCount };
}
