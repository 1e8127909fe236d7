import type { FetchDataRewrite } from '@apollo/query-planner';

import { type JsonObject, isObject, ownOf } from './json';
import { merge } from './merge';
import type { TypeConditions } from './type-conditions';

const FRAGMENT = '... on ';

/** Applies a fetch's rewrites to the data sent or received. */
export type Rewrite = (data: JsonObject) => void;

/** Compiles rewrites of a fetch; undefined when there are none. */
export function compileRewrites(
  rewrites: readonly FetchDataRewrite[] | undefined,
  types: TypeConditions,
): Rewrite | undefined {
  if (!rewrites || rewrites.length === 0) return undefined;
  const all = rewrites.map((rewrite) => compileRewrite(rewrite, types));
  return (data) => {
    for (const apply of all) apply(data);
  };
}

function compileRewrite(rewrite: FetchDataRewrite, types: TypeConditions): Rewrite {
  const parents = rewrite.path.slice(0, -1);
  const last = rewrite.path.at(-1) ?? '';
  const apply: Rewrite =
    rewrite.kind === 'ValueSetter'
      ? (object) => void (object[last] = rewrite.setValueTo as unknown)
      : (object) => rename(object, last, rewrite.renameKeyTo, types);
  return (data) => applyAt(data, parents, 0, types, apply);
}

/** Parts of one field may have been asked for under both names. */
function rename(object: JsonObject, from: string, to: string, types: TypeConditions): void {
  const value = ownOf(object, from);
  if (value === undefined) return;
  delete object[from];
  merge(object, { [to]: value }, types.isInterface);
}

function applyAt(value: unknown, path: readonly string[], from: number, types: TypeConditions, apply: Rewrite): void {
  if (Array.isArray(value)) {
    for (const item of value) applyAt(item, path, from, types, apply);
    return;
  }
  if (!isObject(value)) return;
  const element = path[from];
  if (element === undefined) return apply(value);
  if (!element.startsWith(FRAGMENT)) return applyAt(ownOf(value, element), path, from + 1, types, apply);
  const typename = ownOf(value, '__typename');
  // the type of an object that does not tell it is the one asked for
  const isOther = typeof typename === 'string' && !types.includes(element.slice(FRAGMENT.length), typename);
  if (isOther) return;
  applyAt(value, path, from + 1, types, apply);
}
