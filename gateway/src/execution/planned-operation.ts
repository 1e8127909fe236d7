import type { PlanNode, QueryPlan } from '@apollo/query-planner';
import {
  type DocumentNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
  getOperationAST,
} from 'graphql';

import { recordSpan } from '@terakoya/common/telemetry';

import { type Introspect, compileIntrospection } from './introspection';
import { documentForPlanning } from './plan-document';
import type { PlanNames } from './plan-names';
import { type PlanContext, compilePlan } from './plan/compile-plan';
import { compileEvent } from './plan/event-step';
import type { Step } from './plan/run';
import type { TypeConditions } from './plan/type-conditions';
import { DocumentReader } from './shape/document-reader';
import { Shapes } from './shape/shapes';
import { parseSelection, typeAt } from './shape/type-at';
import type { Write } from './shape/writing';

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

/** How an operation is executed when its conditions have certain values. */
export interface Variant {
  /** Fetches everything; of a subscription, what is fetched for one event. Undefined when there is nothing to fetch. */
  readonly step: Step | undefined;
  /** Writes the response's data. */
  readonly write: Write;
}

/** A document with many conditions must not fill the memory. */
const MOST_VARIANTS = 64;

/** What is the same for every execution of a document: kept in the cache. */
export class PlannedOperation {
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
  /** How the client calls what is fetched. */
  readonly names: PlanNames;
  readonly introspect: Introspect | undefined;
  readonly #reader: DocumentReader;
  readonly #root: GraphQLCompositeType;
  readonly #selection: SelectionSetNode;
  readonly #shapes: Shapes;
  readonly #variants = new Map<string, Variant>();

  constructor(
    private readonly named: NamedDocument,
    private readonly plan: (document: DocumentNode) => QueryPlan,
    private readonly schemas: CompileSchemas,
  ) {
    const { document, definition, names, renamed } = named;
    const { schema } = schemas;
    const root = schema.getRootType(definition.operation);
    const selection = getOperationAST(renamed, definition.name?.value)?.selectionSet;
    if (!root || !selection) throw new RangeError(`There is no ${definition.operation} to execute.`);
    this.document = document;
    this.definition = definition;
    this.names = names;
    this.introspect = compileIntrospection(schema, document, definition);
    this.#reader = new DocumentReader(schema, renamed, names);
    this.#root = root;
    this.#selection = selection;
    this.#shapes = new Shapes(this.#reader, root, [selection]);
  }

  /** Whether parts of its responses may come later. */
  get hasDeferred(): boolean {
    return this.#reader.hasDeferred;
  }

  /** Planned and compiled when its conditions first have these values. */
  variantFor(variables: Readonly<Record<string, unknown>>): Variant {
    const key = this.#reader.keyOf(variables);
    const known = this.#variants.get(key);
    if (known) return known;
    const startedAt = Date.now();
    const { node } = this.plan(documentForPlanning(this.named.renamed, this.definition.operation, variables));
    const variant = { step: node && this.#compile(node), write: this.#shapes.of(variables) };
    recordSpan('gateway.plan', { startedAt, endedAt: Date.now() });
    if (this.#variants.size < MOST_VARIANTS) this.#variants.set(key, variant);
    return variant;
  }

  /** For each event of a subscription, first the event itself is read, then the rest fetched from the subgraphs. */
  #compile(node: NonNullable<QueryPlan['node']>): Step {
    const { schema, types } = this.schemas;
    const context: PlanContext = { types, shapesAt: (path, subselection) => this.#shapesAt(path, subselection) };
    if (node.kind !== 'Subscription') return compilePlan(node, context);
    const event = compileEvent(node.primary, schema, types);
    const rest: PlanNode | undefined = node.rest;
    const fetches = rest && compilePlan(rest, context);
    return async (run) => {
      await event(run);
      await fetches?.(run);
    };
  }

  #shapesAt(queryPath: readonly string[], subselection: string): Shapes {
    const type = typeAt(this.#reader, this.#root, this.#selection, queryPath);
    return new Shapes(this.#reader, type, [parseSelection(subselection)]);
  }
}
