import type { SubgraphResponse } from '../subgraphs/subgraph-response';
import type { AskedFields } from './failed-fields';
import { commonPath, gather, gatherPaths } from './gather';
import { type JsonObject, type ResponsePath, isObject, ownOf } from './json';
import type { PlanPath } from './plan-path';
import type { FetchOutcome, PlacedError, Run } from './run';

/** Enough to tell what is missing; a response does not become a list of errors. */
const MOST_ERRORS = 100;

/** Where a fetch's answers belong. */
export interface Target {
  readonly paths: readonly PlanPath[];
  readonly asked: AskedFields;
  /** A field's name in the response, by its name in the subgraph's answer. */
  readonly rename: (name: string) => string;
}

/** Tells the errors of a fetch at the root, or, when it has no answer, that each of its fields is missing. */
export function placeRootErrors(run: Run, { paths, asked, rename }: Target, { response, failure }: FetchOutcome): void {
  const lost = failure ?? lostWithoutPlace(response);
  const { data = null, errors = [] } = response ?? {};
  if (!lost && errors.length === 0) return;
  const common = commonPath(paths);
  const missing = data ? [] : asked().map((name) => [...common, name]);
  if (lost) return void run.errors.push(...missing.map((path) => ({ ...lost, path })));
  run.lost.push(...missing);
  for (const error of errors) {
    const inside = pathOf(error, rename);
    run.errors.push({ ...error, path: [...common, ...inside] });
    if (data) run.lost.push([...common, ...nulledBy(inside, data)]);
  }
}

/** Tells the errors of a fetch of entities at every place of the response that shows the entity. */
export function placeEntityErrors(
  run: Run,
  target: Target,
  asked: readonly (readonly JsonObject[])[],
  outcome: FetchOutcome,
): void {
  const { response, failure } = outcome;
  const lost = failure ?? lostWithoutPlace(response);
  if (!lost && response?.errors.length === 0) return;
  const places = new PlacesOf(run.data, target.paths);
  const errors = lost
    ? unique(asked.flat())
        .flatMap((entity) => fieldsOf(entity, target, places))
        .map((path) => ({ ...lost, path }))
    : (response?.errors ?? []).flatMap((error) => placesOfError(error, target, asked, places));
  run.errors.push(...errors.slice(0, MOST_ERRORS));
  for (const error of response?.errors ?? []) run.lost.push(...lostByError(error, target, asked, outcome, places));
}

/** What an error within an entity has taken along: the part of it that has become null, or all that was asked of it. */
function lostByError(
  error: PlacedError,
  target: Target,
  asked: readonly (readonly JsonObject[])[],
  { response }: FetchOutcome,
  places: PlacesOf,
): ResponsePath[] {
  const [root, index] = error.path ?? [];
  const entities = root === '_entities' && typeof index === 'number' ? unique(asked[index] ?? []) : [];
  const found = response?.data?._entities;
  const answer: unknown = Array.isArray(found) ? found[Number(index)] : undefined;
  if (!isObject(answer)) return entities.flatMap((entity) => fieldsOf(entity, target, places));
  const inside = nulledBy(pathOf(error, target.rename).slice(2), answer);
  return entities.flatMap((entity) => places.of(entity)).map((place) => [...place, ...inside]);
}

/** The place that an error below it has made null in an answer. */
function nulledBy(path: ResponsePath, answer: unknown): ResponsePath {
  let value = answer;
  for (const [depth, key] of path.entries()) {
    if (value === null || typeof value !== 'object') return path.slice(0, depth);
    value = (value as Record<string | number, unknown>)[key];
  }
  return path;
}

/** `_entities, n, …` is told at every place that shows the n-th entity. */
function placesOfError(
  error: PlacedError,
  { paths, rename }: Target,
  asked: readonly (readonly JsonObject[])[],
  places: PlacesOf,
): PlacedError[] {
  const [root, index] = error.path ?? [];
  const entities = root === '_entities' && typeof index === 'number' ? asked[index] : undefined;
  if (!entities) return [{ ...error, path: commonPath(paths) }];
  const inside = pathOf(error, rename).slice(2);
  return unique(entities)
    .flatMap((entity) => places.of(entity))
    .map((place) => ({ ...error, path: [...place, ...inside] }));
}

function pathOf({ path = [] }: PlacedError, rename: Target['rename']): ResponsePath {
  return path.map((key) => (typeof key === 'string' ? rename(key) : key));
}

/** Where the fields that were asked of an entity stand in the response. */
function fieldsOf(entity: JsonObject, target: Target, places: PlacesOf): ResponsePath[] {
  const typename = ownOf(entity, '__typename');
  const names = target.asked(typeof typename === 'string' ? typename : undefined);
  return places.of(entity).flatMap((place) => names.map((name) => [...place, name]));
}

/** Places that show equal entities of an earlier fetch can share one object. */
function unique(entities: readonly JsonObject[]): readonly JsonObject[] {
  return [...new Set(entities)];
}

/** Where in the response objects stand; looked up only when there are errors to place. */
class PlacesOf {
  readonly #places = new Map<JsonObject, ResponsePath[]>();

  constructor(data: JsonObject, paths: readonly PlanPath[]) {
    const places = gatherPaths(data, paths);
    for (const [index, object] of gather(data, paths).entries()) {
      const place = places[index] ?? [];
      const known = this.#places.get(object);
      if (known) known.push(place);
      else this.#places.set(object, [place]);
    }
  }

  of(object: JsonObject): readonly ResponsePath[] {
    return this.#places.get(object) ?? [];
  }
}

/** An answer with nothing but an error that names no place has lost everything that was asked. */
function lostWithoutPlace(response: SubgraphResponse | undefined): Omit<PlacedError, 'path'> | undefined {
  if (!response || response.data !== null) return undefined;
  const [error] = response.errors;
  if (!error) return { message: 'A subgraph answered without data and without an error.' };
  if (error.path && error.path.length > 0) return undefined;
  const { message, extensions } = error;
  return { message, ...(extensions ? { extensions } : {}) };
}
