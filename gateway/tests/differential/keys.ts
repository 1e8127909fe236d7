import type { FieldSelection, InterfaceType, ObjectType, TypeHome } from './graph';
import type { Thing } from './world';

/** The ways to name an entity. `id` tells its type too, as the key of an interface must. */
export const KEYS = {
  id: [{ field: 'id', args: {}, selections: [] }],
  sku: [{ field: 'sku', args: {}, selections: [] }],
  codeAndZone: ['code', 'zone'].map((field) => ({ field, args: {}, selections: [] })),
  place: [
    {
      field: 'place',
      args: {},
      selections: ['number', 'region'].map((field) => ({ field, args: {}, selections: [] })),
    },
  ],
} as const satisfies Record<string, readonly FieldSelection[]>;

/** The value of a field of a key, or of the value type inside a nested key. */
export function keyValue({ type, id }: Thing, field: string): unknown {
  const index = Number(id.slice(id.lastIndexOf('-') + 1));
  switch (field) {
    case 'id':
      return id;
    case 'sku':
      return `sku of ${id}`;
    case 'code':
    case 'number':
      return index;
    case 'zone':
      return `zone of ${type}`;
    case 'place':
      return { type: placeTypeOf(type), id } satisfies Thing;
    case 'region':
      return `region of ${id.slice(0, id.lastIndexOf('-'))}`;
    default:
      throw new Error(`${field} is no part of a key.`);
  }
}

/** The value type inside the nested key of an entity. */
export function placeTypeOf(entity: string): string {
  return `${entity}Place`;
}

/** Whether it is such a type. */
export function isInKey(type: string): boolean {
  return type.endsWith('Place');
}

/** Told of requests that no correct gateway makes. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}

/**
 * The entity that a representation names; ProtocolError when the representation does not have one of the subgraph's keys
 * completely and consistently.
 */
export function thingOf(type: ObjectType, home: TypeHome, told: Readonly<Record<string, unknown>>): Thing {
  const indices = home.keys.flatMap((key) => indexOf(type.name, key, told));
  const [index] = indices;
  if (index === undefined || indices.some((other) => other !== index)) {
    throw new ProtocolError(`No key of ${type.name} in ${JSON.stringify(told)}`);
  }
  return { type: type.name, id: `${type.name}-${index}`, told };
}

/** The entity behind the representation of an interface object; the key tells its type. */
export function thingOfInterface(type: InterfaceType, told: Readonly<Record<string, unknown>>): Thing {
  const { id } = told;
  if (typeof id !== 'string' || !/^\w+-\d+$/.test(id)) {
    throw new ProtocolError(`No key of ${type.name} in ${JSON.stringify(told)}`);
  }
  return { type: id.slice(0, id.lastIndexOf('-')), id, told };
}

/** The index of the entity when the whole key is there; nothing when it is not. */
function indexOf(type: string, key: readonly FieldSelection[], told: Readonly<Record<string, unknown>>): number[] {
  const [first] = key;
  if (!first || key.some(({ field }) => told[field] === undefined)) return [];
  const index = Number(
    /(\d+)\D*$/.exec(JSON.stringify(first.field === 'place' ? numberOf(told.place) : told[first.field]))?.[1],
  );
  const thing = { type, id: `${type}-${index}` };
  const isConsistent = key.every(({ field, selections }) => {
    const value = keyValue(thing, field);
    if (selections.length === 0) return value === told[field];
    const inner = told[field];
    const nested: Record<string, unknown> = typeof inner === 'object' && inner !== null ? { ...inner } : {};
    return selections.every((part) => nested[part.field] === keyValue(thing, part.field));
  });
  if (!isConsistent) throw new ProtocolError(`A broken key of ${type} in ${JSON.stringify(told)}`);
  return [index];
}

function numberOf(place: unknown): unknown {
  return typeof place === 'object' && place !== null && 'number' in place ? place.number : null;
}
