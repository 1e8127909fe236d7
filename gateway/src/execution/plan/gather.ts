import { type JsonObject, type ResponsePath, isObject, ownOf } from './json';
import type { PlanPath, PlanStep } from './plan-path';

/** The objects at the places, in order; where there is null, there is none. */
export function gather(data: JsonObject, paths: readonly PlanPath[]): JsonObject[] {
  const found: JsonObject[] = [];
  for (const path of paths) collect(data, path, 0, found);
  return found;
}

/** The place in the response of each object that `gather` finds, in the same order. */
export function gatherPaths(data: JsonObject, paths: readonly PlanPath[]): ResponsePath[] {
  const found: ResponsePath[] = [];
  for (const path of paths) collectPaths(data, path, 0, [], found);
  return found;
}

/** The part of the (first) place that is the same for all its objects. */
export function commonPath([path = []]: readonly PlanPath[]): ResponsePath {
  const list = path.findIndex(({ isList }) => isList);
  const common = list === -1 ? path : path.slice(0, list);
  return common.map(({ key }) => key).filter((key) => key !== '');
}

function collect(value: unknown, path: PlanPath, from: number, found: JsonObject[]): void {
  let current = value;
  for (let index = from; index < path.length; index += 1) {
    const step = path[index];
    if (step === undefined || current === null || typeof current !== 'object') return;
    if (step.isList) {
      if (Array.isArray(current)) collectItems(current, step, path, index + 1, found);
      return;
    }
    if (step.key !== '') current = ownOf(current as JsonObject, step.key);
    if (step.types && !isMeant(current, step)) return;
  }
  if (isObject(current)) found.push(current);
}

function collectItems(items: readonly unknown[], step: PlanStep, path: PlanPath, from: number, found: JsonObject[]) {
  for (const item of items) if (!step.types || isMeant(item, step)) collect(item, path, from, found);
}

/** A list is judged item by item: the types stand at the field, the items one step further. */
function isMeant(value: unknown, { types }: PlanStep): boolean {
  if (!types || !isObject(value)) return true;
  const typename = ownOf(value, '__typename');
  return typeof typename !== 'string' || types.has(typename);
}

function collectPaths(
  value: unknown,
  path: PlanPath,
  from: number,
  trail: (string | number)[],
  found: ResponsePath[],
): void {
  const step = path[from];
  if (step === undefined) {
    if (isObject(value)) found.push([...trail]);
    return;
  }
  const into = (inner: unknown, ...key: (string | number)[]): void => {
    if (!isMeant(inner, step)) return;
    trail.push(...key);
    collectPaths(inner, path, from + 1, trail, found);
    trail.length -= key.length;
  };
  if (step.isList) {
    if (Array.isArray(value)) for (const [index, item] of value.entries()) into(item, index);
  } else if (step.key === '') into(value);
  else if (isObject(value)) into(ownOf(value, step.key), step.key);
}
