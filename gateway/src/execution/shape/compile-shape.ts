import {
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLInterfaceType,
  type GraphQLOutputType,
  type SelectionSetNode,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

import type { PlanNames } from '../plan-names';
import { isObject } from '../plan/json';
import { type Reading, collectFields } from './collect-fields';
import { quote } from '../json-text';
import { compileLeaf } from './leaf';
import type { Write, Writing } from './writing';

/** What selections are read with, and how the client calls their fields. */
type ShapeReading = Reading & { readonly names: PlanNames };

/** One field of an object of a known type. */
interface FieldShape {
  readonly key: string;
  /** `"name":` with the response name, and a comma before all but the first. */
  readonly label: string;
  readonly isInherited: boolean;
  readonly write: Write;
  readonly isNonNull: boolean;
  /** `Type.field`, for errors. */
  readonly where: string;
  /** Written when the data has none: the name of a type that can only be this one. */
  readonly fallback: string | undefined;
}

/** Writes what selections ask of an object of a type: in their order, under their names, and nothing else. */
export function compileObject(
  reading: ShapeReading,
  type: GraphQLCompositeType,
  sets: readonly SelectionSetNode[],
): Write {
  const shapes = new Map<unknown, readonly FieldShape[]>();
  const shapeOf = (typename: unknown): readonly FieldShape[] | undefined => {
    const known = shapes.get(typename);
    if (known) return known;
    const runtimeType = runtimeTypeOf(reading, type, typename);
    if (!runtimeType || (isInterfaceType(runtimeType) && needsType(reading, runtimeType, sets))) return undefined;
    const shape = compileFields(reading, runtimeType, sets);
    shapes.set(typename, shape);
    return shape;
  };
  const only = isObjectType(type) ? compileFieldsLater(reading, type, sets) : undefined;
  return (value, writing) => {
    if (!isObject(value)) return writing.tell('invalid', type.name);
    const shape = only ? only() : shapeOf(value.__typename);
    if (shape) return writeFields(shape, value, writing);
    const isVague = isInterfaceType(reading.schema.getType(String(value.__typename)));
    return writing.tell(isVague ? 'null' : 'invalid', type.name);
  };
}

/** Types can refer to themselves through selections of fragments only finitely, but seldom all are needed. */
function compileFieldsLater(reading: ShapeReading, type: GraphQLCompositeType, sets: readonly SelectionSetNode[]) {
  let shape: readonly FieldShape[] | undefined;
  return () => (shape ??= compileFields(reading, type, sets));
}

/**
 * Whether what is shown of an object depends on its type. Of an interface object only the interface may be known, when
 * the subgraph that knows the type has failed.
 */
function needsType(reading: ShapeReading, type: GraphQLInterfaceType, sets: readonly SelectionSetNode[]): boolean {
  const ofAll = collectFields(reading, type, sets);
  if ([...ofAll.values()].some(([node]) => node?.name.value === '__typename')) return true;
  return reading.schema.getPossibleTypes(type).some((each) => collectFields(reading, each, sets).size > ofAll.size);
}

/** The type of an object by its `__typename`; one that clients do not know is none. */
function runtimeTypeOf(
  { schema }: ShapeReading,
  type: GraphQLCompositeType,
  typename: unknown,
): GraphQLCompositeType | undefined {
  if (typename === undefined) return type;
  const found = typeof typename === 'string' ? schema.getType(typename) : undefined;
  return isObjectType(found) || isInterfaceType(found) ? found : undefined;
}

function writeFields(
  shape: readonly FieldShape[],
  value: Record<string, unknown>,
  writing: Writing,
): string | undefined {
  let text = '{';
  for (const field of shape) {
    const found = field.isInherited && !Object.hasOwn(value, field.key) ? undefined : value[field.key];
    const { count } = writing;
    const written = writeField(field, found, writing);
    if (writing.count !== count) writing.place(count, field.key);
    if (written === undefined) return undefined;
    text += field.label + written;
  }
  return `${text}}`;
}

function writeField(field: FieldShape, value: unknown, writing: Writing): string | undefined {
  if (value === null || value === undefined) {
    if (field.fallback !== undefined) return field.fallback;
    return field.isNonNull ? writing.tell('null', field.where) : 'null';
  }
  return field.write(value, writing) ?? (field.isNonNull ? undefined : 'null');
}

function compileFields(
  reading: ShapeReading,
  type: GraphQLCompositeType,
  sets: readonly SelectionSetNode[],
): readonly FieldShape[] {
  return [...collectFields(reading, type, sets)]
    .map(([key, nodes]) => compileField(reading, type, key, nodes))
    .filter((shape) => shape !== undefined)
    .map((shape, index) => ({
      ...shape,
      label: `${index === 0 ? '' : ','}${quote(reading.names.responseNameOf(shape.key))}:`,
    }));
}

function compileField(
  reading: ShapeReading,
  type: GraphQLCompositeType,
  key: string,
  nodes: readonly FieldNode[],
): Omit<FieldShape, 'label'> | undefined {
  const name = nodes[0]?.name.value ?? '';
  const where = `${type.name}.${name}`;
  const common = { key, where, isInherited: key in Object.prototype };
  if (name === '__typename') return { ...common, ...compileTypename(type) };
  if (name === '__schema' || name === '__type') {
    return { ...common, write: (value) => JSON.stringify(value), isNonNull: name === '__schema', fallback: undefined };
  }
  const fields = 'getFields' in type ? type.getFields() : {};
  const definition = fields[name];
  if (!definition) return undefined;
  const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  const write = compileType(reading, definition.type, sets, where);
  return { ...common, write, isNonNull: isNonNullType(definition.type), fallback: undefined };
}

/** An object type's name is known without asking, and a subgraph may know an object under an interface's name. */
function compileTypename(type: GraphQLCompositeType): Pick<FieldShape, 'write' | 'isNonNull' | 'fallback'> {
  const fallback = isObjectType(type) ? quote(type.name) : undefined;
  return { write: (value) => fallback ?? quote(String(value)), isNonNull: true, fallback };
}

function compileType(
  reading: ShapeReading,
  type: GraphQLOutputType,
  sets: readonly SelectionSetNode[],
  where: string,
): Write {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return compileList(reading, nullable.ofType, sets, where);
  if (isCompositeType(nullable)) return compileObject(reading, nullable, sets);
  return compileLeaf(nullable, where);
}

function compileList(
  reading: ShapeReading,
  itemType: GraphQLOutputType,
  sets: readonly SelectionSetNode[],
  where: string,
): Write {
  const isNonNull = isNonNullType(itemType);
  const write = compileType(reading, itemType, sets, where);
  const item = { key: '', label: '', isInherited: false, write, isNonNull, where, fallback: undefined };
  return (value, writing) => {
    if (!Array.isArray(value)) return writing.tell('invalid', where);
    let text = '[';
    for (let index = 0; index < value.length; index += 1) {
      const { count } = writing;
      const written = writeField(item, value[index], writing);
      if (writing.count !== count) writing.place(count, index);
      if (written === undefined) return undefined;
      text += index === 0 ? written : `,${written}`;
    }
    return `${text}]`;
  };
}
