import { type GraphQLSchema, getNamedType, isInputObjectType } from 'graphql';

import { type SchemaPart, ownTypes, partsOf } from '../schema-parts';

/**
 * What nobody has described: types, fields, values and arguments. An argument that takes an input object needs no words of
 * its own: its type has them.
 */
export function findUndescribed(schema: GraphQLSchema): readonly string[] {
  const undescribed = ownTypes(schema).flatMap((type) => {
    const parts = partsOf(type).filter((part) => part.description === '' && !takesInput(part));
    return [...(type.description?.trim() ? [] : [type.name]), ...parts.map(({ coordinate }) => coordinate)];
  });
  return undescribed.map((coordinate) => `${coordinate} has no description.`);
}

function takesInput({ isArgument, type }: SchemaPart): boolean {
  return isArgument && type !== null && isInputObjectType(getNamedType(type));
}
