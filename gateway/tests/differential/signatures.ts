import {
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isUnionType,
} from 'graphql';

/** Everything a schema declares as sorted lines, whatever order, descriptions and directives it is written with. */
export function signatures(schema: GraphQLSchema): string[] {
  return Object.values(schema.getTypeMap())
    .filter(({ name }) => !name.startsWith('__'))
    .flatMap((type) => signaturesOf(type))
    .sort();
}

function signaturesOf(type: GraphQLNamedType): string[] {
  if (isEnumType(type)) return type.getValues().map(({ name }) => `${type.name} ${name}`);
  if (isUnionType(type)) return type.getTypes().map(({ name }) => `${type.name} = ${name}`);
  if (isInputObjectType(type)) {
    return Object.values(type.getFields()).map((field) => `${type.name} ${withDefault(field)}`);
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return BUILT_IN.includes(type.name) ? [] : [type.name];
  const fields = Object.values(type.getFields()).map((field) => {
    const args = field.args.map(withDefault).sort();
    return `${type.name}.${field.name}(${args.join(', ')}): ${String(field.type)}`;
  });
  return [...fields, ...type.getInterfaces().map(({ name }) => `${type.name} implements ${name}`)];
}

function withDefault({ name, type, defaultValue }: { name: string; type: unknown; defaultValue?: unknown }): string {
  return `${name}: ${String(type)} = ${JSON.stringify(defaultValue)}`;
}

const BUILT_IN = ['String', 'Int', 'Float', 'Boolean', 'ID'];
