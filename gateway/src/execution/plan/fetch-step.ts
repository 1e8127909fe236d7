import type { FetchNode } from '@apollo/query-planner';

import { askedFields, renamed } from './failed-fields';
import { compileBody } from './fetch-body';
import { type Target, placeEntityErrors, placeRootErrors } from './fetch-errors';
import { gather } from './gather';
import { type JsonObject, isObject } from './json';
import { merge } from './merge';
import type { PlanPath } from './plan-path';
import { compileRepresentation } from './representation';
import { type Rewrite, compileRewrites } from './rewrites';
import type { Step } from './run';
import type { TypeConditions } from './type-conditions';

/** Compiles a fetch whose answers belong at the given places. */
export function compileFetch(node: FetchNode, paths: readonly PlanPath[], types: TypeConditions): Step {
  const { id } = node;
  const step = node.requires ? entityFetch(node, paths, types) : rootFetch(node, paths, types);
  if (id === undefined) return step;
  return async (run) => {
    await step(run);
    run.fetched?.(id);
  };
}

function targetOf(node: FetchNode, paths: readonly PlanPath[], types: TypeConditions): Target {
  return { paths, asked: askedFields(node, types), rename: (name) => renamed(name, node) };
}

function rootFetch(node: FetchNode, paths: readonly PlanPath[], types: TypeConditions): Step {
  const writeBody = compileBody(node);
  const rewrite = compileRewrites(node.outputRewrites, types);
  const target = targetOf(node, paths, types);
  return async (run) => {
    const places = gather(run.data, paths);
    if (places.length === 0) return;
    const outcome = await run.send({ subgraph: node.serviceName, body: writeBody(run.variables), entities: 0 });
    const data = outcome.response?.data;
    if (data) {
      rewrite?.(data);
      for (const place of places) merge(place, data, types.isInterface);
    }
    placeRootErrors(run, target, outcome);
  };
}

function entityFetch(node: FetchNode, paths: readonly PlanPath[], types: TypeConditions): Step {
  const writeBody = compileBody(node);
  const represent = compileInput(node, types);
  const rewrite = compileRewrites(node.outputRewrites, types);
  const target = targetOf(node, paths, types);
  return (run) => {
    const asked = new Map<string, JsonObject[]>();
    for (const entity of gather(run.data, paths)) {
      const text = represent(entity);
      if (text === null) continue;
      const known = asked.get(text);
      if (known) known.push(entity);
      else asked.set(text, [entity]);
    }
    if (asked.size === 0) return undefined;
    const body = writeBody(run.variables, [...asked.keys()].join(','));
    const sent = run.send({ subgraph: node.serviceName, body, entities: asked.size });
    return sent.then((outcome) => {
      const answered = [...asked.values()];
      const found = outcome.response?.data?._entities;
      if (Array.isArray(found)) mergeEntities(answered, found, rewrite, types);
      placeEntityErrors(run, target, answered, outcome);
    });
  };
}

/** What is sent of an entity, rewritten where the subgraph knows it under another name. */
function compileInput(node: FetchNode, types: TypeConditions): (entity: JsonObject) => string | null {
  const write = compileRepresentation(node.requires ?? [], types);
  const rewrite = compileRewrites(node.inputRewrites, types);
  if (!rewrite) return write;
  return (entity) => {
    const text = write(entity);
    if (text === null) return null;
    const representation = JSON.parse(text) as JsonObject; // `write` writes objects
    rewrite(representation);
    return JSON.stringify(representation);
  };
}

/** `asked` has the objects of the response that show the entity which was asked for at this index. */
function mergeEntities(
  asked: readonly (readonly JsonObject[])[],
  found: readonly unknown[],
  rewrite: Rewrite | undefined,
  types: TypeConditions,
): void {
  for (const [index, entities] of asked.entries()) {
    const entity = found[index];
    if (!isObject(entity)) continue;
    if (rewrite) {
      entity.__typename ??= entities[0]?.__typename;
      rewrite(entity);
    }
    for (const place of entities) merge(place, entity, types.isInterface);
  }
}
