import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type GraphQLType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
} from 'graphql';

import { isPartOfList, nodeOfConnection } from './connections';

/** A type's part of the reference: its words, and each of its fields or values with theirs. */
export function describeType(schema: GraphQLSchema, type: GraphQLNamedType): string {
  return [`### ${type.name}`, `${kindOf(type)}. ${wordsOf(type)}`, partsOf(schema, type)].filter(Boolean).join('\n\n');
}

/** `name(argument: Type = default): Type`, what it is, and each argument. */
export function describeField(field: GraphQLField<unknown, unknown>): string {
  const declared = field.args.map(({ name, type, defaultValue }) => {
    const byDefault = defaultValue === undefined ? '' : ` = ${JSON.stringify(defaultValue)}`;
    return `${name}: ${String(type)}${byDefault}`;
  });
  const taken = declared.length > 0 ? `(${declared.join(', ')})` : '';
  return `\`${field.name}${taken}\`: ${linkTo(field.type)} — ${wordsOf(field)}`;
}

/** Arguments of a list as all lists have them: the reference tells of them once. */
const USUAL = new Set(['How many to return, 1 to 100.', 'Return those after this cursor (`pageInfo.endCursor`).']);

/** One line for each argument that is not as with every list. */
export function describeArguments({ args }: GraphQLField<unknown, unknown>): readonly string[] {
  return args.filter(({ description }) => !USUAL.has(description ?? '')).map(describeInput);
}

function describeInput(input: GraphQLArgument | GraphQLInputField): string {
  const words = wordsOf(input) || wordsOf(getNamedType(input.type));
  return `\`${input.name}\`: ${linkTo(input.type)} — ${words}`;
}

function partsOf(schema: GraphQLSchema, type: GraphQLNamedType): string {
  if (isEnumType(type)) return list(type.getValues().map((value) => `\`${value.name}\` — ${wordsOf(value)}`));
  if (isInputObjectType(type)) return list(Object.values(type.getFields()).map(describeInput));
  if (isInterfaceType(type)) return `Implemented by ${schema.getPossibleTypes(type).map(linkTo).join(', ')}.`;
  if (!isObjectType(type)) return '';
  return list(
    Object.values(type.getFields()).flatMap((field) => [
      describeField(field),
      ...describeArguments(field).map((line) => `  - ${line}`),
    ]),
  );
}

/** Items that begin with blanks and a dash already belong to the one before. */
export function list(items: readonly string[]): string {
  return items.map((item) => (item.startsWith('  - ') ? item : `- ${item}`)).join('\n');
}

/** A type as code that leads to where it is described; a connection leads to what it is a list of. */
function linkTo(type: GraphQLType): string {
  const named = getNamedType(type);
  const code = `\`${String(type)}\``;
  if (isSpecifiedScalarType(named)) return code;
  return `[${code}](#${(nodeOfConnection(named) ?? named).name.toLowerCase()})`;
}

interface Told {
  readonly description?: string | null | undefined;
  readonly deprecationReason?: string | null | undefined;
}

/** Its description in one line, and what became of it when it is deprecated. */
export function wordsOf({ description, deprecationReason }: Told): string {
  const words = (description ?? '').replaceAll(/\s+/g, ' ').trim();
  return deprecationReason ? `${words} **Deprecated:** ${deprecationReason}` : words;
}

function kindOf(type: GraphQLNamedType): string {
  if (isEnumType(type)) return 'One of';
  if (isInputObjectType(type)) return 'Input';
  if (isInterfaceType(type)) return 'Interface';
  return isScalarType(type) ? 'Scalar' : 'Object';
}

export function isDescribedByItself(type: GraphQLNamedType): boolean {
  return !isPartOfList(type) && !['Query', 'Mutation', 'Subscription'].includes(type.name);
}
