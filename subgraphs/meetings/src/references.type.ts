import { Directive, ObjectType } from 'type-graphql';

import { NodeType } from '@terakoya/common/graphql';

@ObjectType('User', { implements: NodeType, description: 'A person of the school.' })
@Directive('@key(fields: "id", resolvable: false)')
export class UserReference extends NodeType {}
