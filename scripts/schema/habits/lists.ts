import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isListType,
  isObjectType,
} from 'graphql';

import { type SchemaPart, ownTypes, partsOf } from '../schema-parts';

const PAGE_INFO = ['hasNextPage', 'hasPreviousPage', 'startCursor', 'endCursor'];
const BOUND = /\bat most \d+/i;

/**
 * Lists that could be of any length: each is a connection (Relay's GraphQL Cursor Connections Specification), or says in its
 * description how many items it has `at most`.
 */
export function findUnboundedLists(schema: GraphQLSchema): readonly string[] {
  return ownTypes(schema)
    .flatMap(partsOf)
    .filter(isUnbounded)
    .map(
      ({ coordinate }) => `${coordinate} is a list without an end: make it a connection, or say "at most" how many.`,
    );
}

/** Connections that are not as the specification says, and fields that give one and cannot be paged. */
export function findBrokenConnections(schema: GraphQLSchema): readonly string[] {
  const objects = ownTypes(schema).filter(isObjectType);
  const broken = objects.filter((type) => isConnection(type) && !isWhole(type)).map(({ name }) => name);
  const unpaged = objects.flatMap((type) => {
    const fields = Object.values(type.getFields()).filter((field) => isConnection(getNamedType(field.type)));
    return fields.filter((field) => !isPaged(field)).map(({ name }) => `${type.name}.${name}`);
  });
  const shape = `edges { cursor node } and pageInfo { ${PAGE_INFO.join(' ')} }`;
  return [
    ...broken.map((name) => `${name} is no connection: it needs ${shape}.`),
    ...unpaged.map((coordinate) => `${coordinate} gives a connection and must take first and after.`),
  ];
}

function isUnbounded({ coordinate, type, description }: SchemaPart): boolean {
  const isList = type !== null && isListType(getNullableType(type));
  return isList && !BOUND.test(description) && !coordinate.endsWith('Connection.edges');
}

function isConnection({ name }: { readonly name: string }): boolean {
  return name.endsWith('Connection');
}

function isWhole(connection: GraphQLObjectType): boolean {
  const { edges, pageInfo } = connection.getFields();
  return hasFields(edges, ['cursor', 'node']) && hasFields(pageInfo, PAGE_INFO);
}

function hasFields(field: GraphQLField<unknown, unknown> | undefined, names: readonly string[]): boolean {
  const type = field && getNamedType(field.type);
  return isObjectType(type) && names.every((name) => name in type.getFields());
}

function isPaged({ args }: GraphQLField<unknown, unknown>): boolean {
  return ['first', 'after'].every((name) => args.some((argument) => argument.name === name));
}
