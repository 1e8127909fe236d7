import { Directive, ObjectType } from 'type-graphql';

import { NodeType } from '@terakoya/common/graphql';

@ObjectType('Image', { implements: NodeType, description: 'An image of a page.' })
@Directive('@key(fields: "id")')
/** Its `id` is its storage key, so the domain that made it needs no table here. */
export class ImageType extends NodeType {}
