import { isDeepStrictEqual } from 'node:util';

import type { MonolithAnswer } from './monolith';
import { pathKey } from './paths';
import type { GatewayAnswer } from './run-operation';

type Path = readonly (string | number)[];

/**
 * How the gateway's answer differs from the monolith's; an empty list when it does not.
 *
 * - `data` is the same JSON text, so also the order of keys is.
 * - An error may only stand where the monolith could fail. GraphQL lets an executor stop inside a part that an error
 *   has made null, so not each of those errors must be told.
 * - The places that are null because of an error are the same: an error of a nullable field stands exactly there, and
 *   one that made null of more explains the same null.
 * - A mutation of which a root field made everything null may go on or stop, so what its other fields told is not compared.
 * - A path is told once, and an error thrown by a resolver keeps its code.
 */
export function differences(ours: GatewayAnswer, monolith: MonolithAnswer): string[] {
  return [...dataDifferences(monolith.result.data ?? null, ours.data ?? null), ...errorDifferences(ours, monolith)];
}

function dataDifferences(expected: unknown, actual: unknown): string[] {
  const [expectedText, actualText] = [expected, actual].map((data) => JSON.stringify(data));
  if (expectedText === actualText) return [];
  const what = isDeepStrictEqual(plain(expected), plain(actual)) ? 'the order of keys' : 'data';
  return [`${what}\n  expected ${expectedText}\n  received ${actualText}`];
}

/** Without graphql-js's objects, which have no prototype. */
function plain(data: unknown): unknown {
  return JSON.parse(JSON.stringify(data));
}

function errorDifferences({ data, errors }: GatewayAnswer, monolith: MonolithAnswer): string[] {
  const possible = new Map(monolith.everyError.map((error) => [pathKey(error.path), error]));
  const places = new Set<string>();
  const isAborted = monolith.isMutation && monolith.result.data === null;
  const found: string[] = [];
  for (const { message, path = [], extensions } of errors) {
    const place = pathKey(path);
    const cause = possible.get(place);
    if (!cause && !isAborted)
      found.push(`an error where nothing fails: ${place} ${message} ${JSON.stringify(extensions)}`);
    if (places.has(place)) found.push(`two errors at ${place}`);
    places.add(place);
    const code = isAborted ? undefined : JSON.stringify(cause?.extensions.code);
    if (code && code !== JSON.stringify(extensions?.code))
      found.push(`not ${code} at ${place} but ${String(extensions?.code)}`);
  }
  const { shapes, result } = monolith;
  const expected = explainedNulls(
    result.data,
    (result.errors ?? []).flatMap(({ path }) => (path ? [path] : [])),
    shapes,
  );
  const actual = explainedNulls(
    data,
    errors.flatMap(({ path }) => (path ? [path] : [])),
    shapes,
  );
  for (const place of expected) if (!actual.has(place)) found.push(`no error explains the null at ${place}`);
  for (const place of actual)
    if (!expected.has(place)) found.push(`an error explains a null at ${place}, which has none`);
  return found;
}

/** The places in the data that errors have made null. */
function explainedNulls(data: unknown, paths: readonly Path[], shapes: ReadonlyMap<string, string>): Set<string> {
  const places = paths.map((path) => nulledBy(path, shapes)).filter((path) => valueAt(data, path) === null);
  return new Set(places.map(pathKey));
}

/** The place that becomes null by an error at the path: the nearest that may be null. */
function nulledBy(path: Path, shapes: ReadonlyMap<string, string>): Path {
  let place = path;
  while (place.length > 0 && shapeAt(place, shapes).endsWith('!')) place = place.slice(0, -1);
  return place;
}

/** The shape at a place: that of the field, without the lists whose items the indices choose. */
function shapeAt(path: Path, shapes: ReadonlyMap<string, string>): string {
  const indices = path.length - 1 - path.findLastIndex((key) => typeof key === 'string');
  let shape = shapes.get(pathKey(path.slice(0, path.length - indices))) ?? '_';
  for (let index = 0; index < indices; index += 1) {
    shape = shape.slice(1, shape.endsWith('!') ? -2 : -1);
  }
  return shape;
}

/** The value at a path; undefined beneath a null or where nothing is. */
function valueAt(data: unknown, path: Path): unknown {
  let value = data ?? null;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Object.entries(value).find(([name]) => name === String(key))?.[1];
  }
  return value;
}
