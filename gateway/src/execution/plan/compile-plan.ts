import type { ConditionNode, DeferNode, DeferredNode, PlanNode } from '@apollo/query-planner';

import type { Shapes } from '../shape/shapes';
import { compileFetch } from './fetch-step';
import { type PlanPath, parsePath } from './plan-path';
import { type EntityFetch, groupSameFetches } from './same-fetches';
import type { DeferredStep, Step } from './run';
import type { TypeConditions } from './type-conditions';

/** What plans are compiled with. */
export interface PlanContext {
  readonly types: TypeConditions;
  /** How the selection that is delivered later for a place of the operation is written. */
  readonly shapesAt: (queryPath: readonly string[], subselection: string) => Shapes;
}

/** Compiles a query plan into functions that hold all that is the same for every run. */
export function compilePlan(node: PlanNode, context: PlanContext, path: PlanPath = []): Step {
  switch (node.kind) {
    case 'Fetch':
      return compileFetch(node, [path], context.types);
    case 'Flatten':
      return compilePlan(node.node, context, [...path, ...parsePath(node.path)]);
    case 'Sequence':
      return inSequence(node.nodes.map((child) => compilePlan(child, context, path)));
    case 'Parallel':
      return inParallel(groupSameFetches(node.nodes).map((child) => compileGroup(child, context, path)));
    case 'Condition':
      return onCondition(node, context, path);
    case 'Defer':
      return withDeferred(node, context, path);
  }
}

function compileGroup(group: PlanNode | EntityFetch, context: PlanContext, path: PlanPath): Step {
  if ('kind' in group) return compilePlan(group, context, path);
  const paths = group.flattens.map((flatten) => [...path, ...parsePath(flatten.path)]);
  return compileFetch(group.fetch, paths, context.types);
}

function inSequence(steps: readonly Step[]): Step {
  return async (run) => {
    for (const step of steps) await step(run);
  };
}

function inParallel(steps: readonly Step[]): Step {
  return (run) => {
    const pending = steps.map((step) => step(run)).filter((promise) => promise !== undefined);
    return pending.length > 0 ? Promise.all(pending).then(() => undefined) : undefined;
  };
}

function onCondition({ condition, ifClause, elseClause }: ConditionNode, context: PlanContext, path: PlanPath): Step {
  const yes = ifClause && compilePlan(ifClause, context, path);
  const no = elseClause && compilePlan(elseClause, context, path);
  return (run) => (run.variables[condition] === true ? yes : no)?.(run);
}

function withDeferred({ primary, deferred }: DeferNode, context: PlanContext, path: PlanPath): Step {
  const first = primary.node && compilePlan(primary.node, context, path);
  const later = deferred.map((node) => compileDeferred(node, context, path));
  return (run) => {
    run.defer?.(later);
    return first?.(run);
  };
}

function compileDeferred(
  { depends, label, queryPath, subselection, node }: DeferredNode,
  context: PlanContext,
  path: PlanPath,
): DeferredStep {
  const selection = subselection ?? (node?.kind === 'Defer' ? node.primary.subselection : undefined);
  return {
    depends: depends.map(({ id }) => id),
    label,
    queryPath,
    shapes: selection === undefined ? undefined : context.shapesAt(queryPath, selection),
    step: node && compilePlan(node, context, path),
  };
}
