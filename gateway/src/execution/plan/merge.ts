import { type JsonObject, isObject } from './json';

/** Whether it is the name of an interface: all that a subgraph with an interface object knows of an entity's type. */
type IsInterface = (typename: string) => boolean;

/**
 * Adds what a subgraph gave to what is known already. Objects and lists are merged place by place; null takes nothing
 * away, because another subgraph may have given the value before, nor does the name of an interface take a type away.
 * Parts of `source` become parts of `target`.
 */
export function merge(target: JsonObject, source: JsonObject, isInterface: IsInterface): void {
  for (const key in source) {
    const added = source[key];
    const known = target[key];
    if (known === undefined || typeof known === 'function') target[key] = added;
    else if (key === '__proto__')
      continue; // every object has one; no GraphQL field may be named so
    else if (known === null || typeof known !== 'object') replace(target, key, added, isInterface);
    else mergeInto(known, added, isInterface);
  }
}

function replace(target: JsonObject, key: string, added: unknown, isInterface: IsInterface): void {
  if (added === null || added === undefined) return;
  const isVague = key === '__typename' && typeof added === 'string' && isInterface(added);
  if (!isVague || target[key] === null) target[key] = added;
}

function mergeInto(known: object, added: unknown, isInterface: IsInterface): void {
  if (known === added) return;
  if (Array.isArray(known)) {
    if (Array.isArray(added)) mergeLists(known, added, isInterface);
  } else if (isObject(added)) merge(known as JsonObject, added, isInterface);
}

function mergeLists(known: unknown[], added: readonly unknown[], isInterface: IsInterface): void {
  for (const [index, item] of added.entries()) {
    const place = known[index];
    if (place !== null && typeof place === 'object') mergeInto(place, item, isInterface);
    else if (item !== null && item !== undefined) known[index] = item;
  }
}
