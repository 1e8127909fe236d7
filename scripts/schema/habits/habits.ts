import { type GraphQLSchema, isObjectType } from 'graphql';

import { NODE_TYPES } from '../../../common/global-ids';
import { ownTypes, partsOf } from '../schema-parts';
import { findUndescribed } from './described';
import { findBrokenConnections, findUnboundedLists } from './lists';

/** A deprecation tells what to use instead, and until when the old stays: `Use words instead. Until 2027-03-31.` */
const DEPRECATION = /\S.*\bUntil \d{4}-\d{2}-\d{2}\.$/s;

/** Everything in the schema that clients see which is not as we make schemas, each in one line. */
export function findBadHabits(
  schema: GraphQLSchema,
  nodeTypes: readonly string[] = Object.keys(NODE_TYPES),
): readonly string[] {
  return [
    ...findUndescribed(schema),
    ...findUnboundedLists(schema),
    ...findBrokenConnections(schema),
    ...findBareDeprecations(schema),
    ...findStrayIds(schema, new Set(nodeTypes)),
  ];
}

function findBareDeprecations(schema: GraphQLSchema): readonly string[] {
  return ownTypes(schema)
    .flatMap(partsOf)
    .filter(({ deprecationReason }) => deprecationReason !== null && !DEPRECATION.test(deprecationReason))
    .map(
      ({ coordinate }) => `${coordinate} is deprecated: say what to use instead, and at the end "Until YYYY-MM-DD.".`,
    );
}

/** An object with an `id` can be found by it; `node` knows the types that `NODE_TYPES` lists. */
function findStrayIds(schema: GraphQLSchema, nodeTypes: ReadonlySet<string>): readonly string[] {
  return ownTypes(schema)
    .filter(isObjectType)
    .flatMap((type) => {
      const { name } = type;
      const fields = Object.keys(type.getFields());
      const isNode = type.getInterfaces().some((one) => one.name === 'Node');
      if (fields.includes('id') && !isNode) return [`${name} has an id and must implement Node.`];
      if (isNode && !nodeTypes.has(name)) return [`${name} is a Node and must be in NODE_TYPES.`];
      return isNode && fields.length === 1 ? [`${name} is in NODE_TYPES, and no subgraph knows more of it.`] : [];
    });
}
