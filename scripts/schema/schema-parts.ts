import {
  type GraphQLNamedType,
  type GraphQLSchema,
  type GraphQLType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql';

/** A field, argument or value, as clients are told of it. */
export interface SchemaPart {
  /** `Page.text`, `Query.page(id:)`, `State.READ`. */
  readonly coordinate: string;
  /** Null of a value. */
  readonly type: GraphQLType | null;
  readonly isArgument: boolean;
  readonly description: string;
  readonly deprecationReason: string | null;
}

/** The schema's own types: not those that every GraphQL schema has. */
export function ownTypes(schema: GraphQLSchema): readonly GraphQLNamedType[] {
  return Object.values(schema.getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
  );
}

/** What a type is made of, arguments behind their field. */
export function partsOf(type: GraphQLNamedType): readonly SchemaPart[] {
  if (isEnumType(type)) return type.getValues().map((value) => toPart(`${type.name}.${value.name}`, value));
  if (isInputObjectType(type)) {
    return Object.values(type.getFields()).map((field) => toPart(`${type.name}.${field.name}`, field));
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  return Object.values(type.getFields()).flatMap((field) => {
    const coordinate = `${type.name}.${field.name}`;
    const args = field.args.map((argument) => toPart(`${coordinate}(${argument.name}:)`, argument, true));
    return [toPart(coordinate, field), ...args];
  });
}

interface Declared {
  readonly type?: GraphQLType;
  readonly description?: string | null | undefined;
  readonly deprecationReason?: string | null | undefined;
}

function toPart(
  coordinate: string,
  { type, description, deprecationReason }: Declared,
  isArgument = false,
): SchemaPart {
  const words = description?.trim() ?? '';
  return {
    coordinate,
    type: type ?? null,
    isArgument,
    description: words,
    deprecationReason: deprecationReason ?? null,
  };
}
