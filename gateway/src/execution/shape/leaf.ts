import { type GraphQLEnumType, type GraphQLLeafType, isEnumType } from 'graphql';

import { quote } from '../json-text';
import type { Write } from './writing';

type WriteLeaf = (value: unknown) => string | undefined;

/** GraphQL's own scalars as JSON text (specification of 2025, 3.5); undefined for what is no such value. */
const SCALARS: Readonly<Partial<Record<string, WriteLeaf>>> = {
  String: (value) => (typeof value === 'string' ? quote(value) : undefined),
  ID: (value) =>
    typeof value === 'string' ? quote(value) : Number.isInteger(value) ? `"${String(value)}"` : undefined,
  Int: (value) => (isInt(value) ? String(value) : undefined),
  Float: (value) => (Number.isFinite(value) ? String(value) : undefined),
  Boolean: (value) => (typeof value === 'boolean' ? String(value) : undefined),
};

/** Writes values of a scalar or an enum; a custom scalar may be any JSON. `where` is the field, for errors. */
export function compileLeaf(type: GraphQLLeafType, where: string): Write {
  const write = isEnumType(type) ? compileEnum(type) : (SCALARS[type.name] ?? JSON.stringify);
  return (value, writing) => write(value) ?? writing.tell('invalid', where);
}

/** Only values that clients know: an inaccessible one is an error. */
function compileEnum(type: GraphQLEnumType): WriteLeaf {
  const texts = new Map<unknown, string>(type.getValues().map(({ name }) => [name, `"${name}"`]));
  return (value) => texts.get(value);
}

function isInt(value: unknown): boolean {
  return Number.isInteger(value) && Math.abs(Number(value)) <= 2_147_483_648;
}
