import { Directive, Field, ID, ObjectType } from 'type-graphql';

@ObjectType('Image', { description: 'An image of a page.' })
@Directive('@key(fields: "id")')
export class ImageType {
  @Directive('@sameForAll')
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;
}
