import type { PlanNode, QueryPlan } from '@apollo/query-planner';
import { type DocumentNode, type GraphQLSchema, type OperationDefinitionNode, getOperationAST } from 'graphql';

import type { PlanNames } from './plan-names';
import { type Introspect, compileIntrospection } from './introspection';
import { type PlanContext, compilePlan } from './plan/compile-plan';
import { compileEvent } from './plan/event-step';
import type { ResponsePath } from './plan/json';
import type { Step } from './plan/run';
import type { TypeConditions } from './plan/type-conditions';
import { isAsked } from './shape/asked';
import { DocumentReader } from './shape/document-reader';
import { Shapes } from './shape/shapes';
import { parseSelection, typeAt } from './shape/type-at';

/** What is the same for every execution of a document: kept in the cache. */
export interface PlannedOperation {
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
  /** How the client calls what is fetched. */
  readonly names: PlanNames;
  /** Fetches everything; of a subscription, what is fetched for one event. Undefined when there is nothing to fetch. */
  readonly step: Step | undefined;
  readonly introspect: Introspect | undefined;
  /** Whether parts of its responses may come later. */
  readonly hasDeferred: boolean;
  /** Whether the client asked for a place, under these variables. */
  readonly isAsked: (path: ResponsePath, variables: Readonly<Record<string, unknown>>) => boolean;
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

/** An operation as the client wrote it, and with the names under which its fields are fetched. */
export interface NamedDocument {
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
  readonly names: PlanNames;
  readonly renamed: DocumentNode;
}

/** Compiles a planned document into functions that hold all that does not change from run to run. */
export function compileOperation(
  { document, definition, names, renamed }: NamedDocument,
  { node }: QueryPlan,
  schemas: CompileSchemas,
): PlannedOperation {
  const { schema, types } = schemas;
  const root = schema.getRootType(definition.operation);
  const selection = getOperationAST(renamed, definition.name?.value)?.selectionSet;
  if (!root || !selection) throw new RangeError(`There is no ${definition.operation} to execute.`);
  const reader = new DocumentReader(schema, renamed, names);
  const shapesAt: PlanContext['shapesAt'] = (queryPath, subselection) => {
    const type = typeAt(reader, root, selection, queryPath);
    return new Shapes(reader, type, [parseSelection(subselection)]);
  };
  return {
    document,
    definition,
    names,
    step: node && compileNode(node, schema, { types, shapesAt }),
    hasDeferred: reader.hasDeferred,
    isAsked: (path, variables) => isAsked(reader.reading(variables, false), selection, path),
    introspect: compileIntrospection(schema, document, definition),
    shapes: new Shapes(reader, root, [selection]),
  };
}

/** For each event of a subscription, first the event itself is read, then the rest fetched from the subgraphs. */
function compileNode(node: NonNullable<QueryPlan['node']>, schema: GraphQLSchema, context: PlanContext): Step {
  if (node.kind !== 'Subscription') return compilePlan(node, context);
  const event = compileEvent(node.primary, schema, context.types);
  const rest: PlanNode | undefined = node.rest;
  const fetches = rest && compilePlan(rest, context);
  return async (run) => {
    await event(run);
    await fetches?.(run);
  };
}
