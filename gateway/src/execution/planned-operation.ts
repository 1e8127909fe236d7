import type { PlanNode, QueryPlan } from '@apollo/query-planner';
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';

import { type Introspect, compileIntrospection } from './introspection';
import { compilePlan } from './plan/compile-plan';
import { compileEvent } from './plan/event-step';
import type { Step } from './plan/run';
import type { TypeConditions } from './plan/type-conditions';
import { Shapes, fragmentsIn } from './shape/shapes';

/** What is the same for every execution of a document: kept in the cache. */
export interface PlannedOperation {
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
  /** Fetches everything; of a subscription, what is fetched for one event. Undefined when there is nothing to fetch. */
  readonly step: Step | undefined;
  readonly introspect: Introspect | undefined;
  /** How its responses are written. */
  readonly shapes: Shapes;
}

/** The schemas an operation is compiled with. */
export interface CompileSchemas {
  /** The schema clients see. */
  readonly schema: GraphQLSchema;
  /** Type conditions of the whole supergraph. */
  readonly types: TypeConditions;
}

/** Compiles a planned document into functions that hold all that does not change from run to run. */
export function compileOperation(
  document: DocumentNode,
  definition: OperationDefinitionNode,
  { node }: QueryPlan,
  schemas: CompileSchemas,
): PlannedOperation {
  const { schema } = schemas;
  const root = schema.getRootType(definition.operation);
  if (!root) throw new RangeError(`The schema has no ${definition.operation}.`);
  return {
    document,
    definition,
    step: node && compileNode(node, schemas),
    introspect: compileIntrospection(schema, document, definition, fragmentsIn(document)),
    shapes: new Shapes(schema, document, root, definition.selectionSet, false),
  };
}

/** For each event of a subscription, first the event itself is read, then the rest fetched from the subgraphs. */
function compileNode(node: NonNullable<QueryPlan['node']>, { schema, types }: CompileSchemas): Step {
  if (node.kind !== 'Subscription') return compilePlan(node, types);
  const event = compileEvent(node.primary, schema, types);
  const rest: PlanNode | undefined = node.rest;
  const fetches = rest && compilePlan(rest, types);
  return async (run) => {
    await event(run);
    await fetches?.(run);
  };
}
