import type { ConditionNode, DeferNode, PlanNode } from '@apollo/query-planner';

import { compileFetch } from './fetch-step';
import { type PlanPath, parsePath } from './plan-path';
import type { DeferredStep, Run, Step } from './run';
import type { TypeConditions } from './type-conditions';

/** Compiles a query plan into functions that hold all that is the same for every run. */
export function compilePlan(node: PlanNode, types: TypeConditions, path: PlanPath = []): Step {
  switch (node.kind) {
    case 'Fetch':
      return compileFetch(node, path, types);
    case 'Flatten':
      return compilePlan(node.node, types, [...path, ...parsePath(node.path)]);
    case 'Sequence':
      return inSequence(node.nodes.map((child) => compilePlan(child, types, path)));
    case 'Parallel':
      return inParallel(node.nodes.map((child) => compilePlan(child, types, path)));
    case 'Condition':
      return onCondition(node, types, path);
    case 'Defer':
      return withDeferred(node, types, path);
  }
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

function onCondition({ condition, ifClause, elseClause }: ConditionNode, types: TypeConditions, path: PlanPath): Step {
  const yes = ifClause && compilePlan(ifClause, types, path);
  const no = elseClause && compilePlan(elseClause, types, path);
  return (run) => (run.variables[condition] === true ? yes : no)?.(run);
}

function withDeferred({ primary, deferred }: DeferNode, types: TypeConditions, path: PlanPath): Step {
  const first = primary.node && compilePlan(primary.node, types, path);
  const later = deferred.map(({ depends, label, queryPath, subselection, node }): DeferredStep => ({
    depends: depends.map(({ id }) => id),
    label,
    queryPath,
    subselection,
    step: node && compilePlan(node, types, path),
  }));
  return async (run: Run) => {
    run.defer?.(later);
    await first?.(run);
  };
}
