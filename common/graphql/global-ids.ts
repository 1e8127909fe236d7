import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLObjectType,
  type GraphQLSchema,
  Kind,
  defaultFieldResolver,
  getNamedType,
  isInputObjectType,
  isObjectType,
} from 'graphql';

import { type NodeName, decodeId, encodeId, isNodeName } from '../global-ids';
import { ID_OF } from './id-of';

/** Turns the ids in a value into keys. */
type Decode = (value: unknown) => unknown;

/**
 * The border between the ids that clients and other subgraphs see and the keys that a domain works with: the `id` of
 * every node leaves as a global id, and every ID in arguments comes in as a key, once it is known to be of the right
 * type. Throws TypeError when an ID does not say of which type it is.
 */
export function bindGlobalIds(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    if (type.getInterfaces().some(({ name }) => name === 'Node')) encodeIdOf(type);
    for (const field of Object.values(type.getFields())) decodeArgumentsOf(field);
  }
}

function encodeIdOf(type: GraphQLObjectType): void {
  const { name } = type;
  const { id } = type.getFields();
  if (!id || !isNodeName(name)) throw new TypeError(`${name} is a Node: add it to NODE_TYPES in common/global-ids.`);
  id.resolve = ({ id: key }: { readonly id: string }) => encodeId(name, key);
}

function decodeArgumentsOf(field: GraphQLField<unknown, unknown>): void {
  const decode = decoderOfAll(field.args);
  if (!decode) return;
  const resolve = field.resolve ?? defaultFieldResolver;
  field.resolve = (source, args: Record<string, unknown>, context, info) =>
    resolve(source, decode(args), context, info);
}

function decoderOfAll(inputs: readonly (GraphQLArgument | GraphQLInputField)[]) {
  const decoders = inputs.flatMap((input) => {
    const decode = decoderOf(input);
    return decode ? [[input.name, decode] as const] : [];
  });
  if (decoders.length === 0) return null;
  return (values: Readonly<Record<string, unknown>>): Record<string, unknown> => {
    const decoded = { ...values };
    for (const [name, decode] of decoders) if (name in values) decoded[name] = decode(values[name]);
    return decoded;
  };
}

function decoderOf(input: GraphQLArgument | GraphQLInputField): Decode | null {
  const type = getNamedType(input.type);
  if (type.name === 'ID') return decoderOfId(input);
  if (!isInputObjectType(type)) return null;
  const decode = decoderOfAll(Object.values(type.getFields()));
  return decode && eachOf((value) => decode(value as Record<string, unknown>)); // GraphQL has coerced it to one
}

function decoderOfId(input: GraphQLArgument | GraphQLInputField): Decode {
  const type = typeOfId(input);
  return eachOf((id) => decodeId(type, String(id), input.name));
}

/** Of a list each item; null and what was left out stay as they are. */
function eachOf(decode: Decode): Decode {
  const each: Decode = (value) => {
    if (value === null || value === undefined) return value;
    return Array.isArray(value) ? value.map(each) : decode(value);
  };
  return each;
}

function typeOfId({ name, astNode }: GraphQLArgument | GraphQLInputField): NodeName {
  const directive = astNode?.directives?.find((one) => one.name.value === ID_OF);
  const [type] = directive?.arguments ?? [];
  const found = type?.value.kind === Kind.STRING ? type.value.value : '';
  if (!isNodeName(found)) throw new TypeError(`The ID ${name} must say of which type it is: use IdArg or IdField.`);
  return found;
}
