import { Directive, ObjectType } from 'type-graphql';

import { NodeType } from '@terakoya/common/graphql';

/** Its key is where it lies in the object store, so that the domain which made it needs no table here. */
@ObjectType('Image', { implements: NodeType, description: 'An image of a page.' })
@Directive('@key(fields: "id")')
export class ImageType extends NodeType {}
