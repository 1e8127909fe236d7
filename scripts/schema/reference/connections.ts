import { type GraphQLNamedType, getNamedType, isObjectType } from 'graphql';

/** What a connection is a list of; null for every other type. */
export function nodeOfConnection(type: GraphQLNamedType): GraphQLNamedType | null {
  if (!isObjectType(type) || !type.name.endsWith('Connection')) return null;
  const { edges } = type.getFields();
  const edge = edges && getNamedType(edges.type);
  const node = isObjectType(edge) ? edge.getFields().node : undefined;
  return node ? getNamedType(node.type) : null;
}

/** Connections and their edges all look the same: the reference tells of them once. */
export function isPartOfList(type: GraphQLNamedType): boolean {
  return nodeOfConnection(type) !== null || (isObjectType(type) && type.name.endsWith('Edge'));
}
