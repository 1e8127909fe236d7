import { type JsonObject, isObject } from './json';

/**
 * Adds what a subgraph gave to what is known already. Objects and lists are merged place by place; null takes nothing
 * away, because another subgraph may have given the value before. Parts of `source` become parts of `target`.
 */
export function merge(target: JsonObject, source: JsonObject): void {
  for (const key in source) {
    const added = source[key];
    const known = target[key];
    if (known === undefined || typeof known === 'function') target[key] = added;
    else if (key === '__proto__')
      continue; // every object has one; no GraphQL field may be named so
    else if (known === null || typeof known !== 'object') replace(target, key, added);
    else mergeInto(known, added);
  }
}

function replace(target: JsonObject, key: string, added: unknown): void {
  if (added !== null && added !== undefined) target[key] = added;
}

function mergeInto(known: object, added: unknown): void {
  if (known === added) return;
  if (Array.isArray(known)) {
    if (Array.isArray(added)) mergeLists(known, added);
  } else if (isObject(added)) merge(known as JsonObject, added);
}

function mergeLists(known: unknown[], added: readonly unknown[]): void {
  for (const [index, item] of added.entries()) {
    const place = known[index];
    if (place !== null && typeof place === 'object') mergeInto(place, item);
    else if (item !== null && item !== undefined) known[index] = item;
  }
}
