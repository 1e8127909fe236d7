import { type Supergraph, Supergraph as SupergraphClass, operationFromDocument } from '@apollo/federation-internals';
import { type ServiceMap, buildOperationContext, executeQueryPlan } from '@apollo/gateway';
import { type PlanNode, type QueryPlan, QueryPlanner } from '@apollo/query-planner';
import {
  type DocumentNode,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  type ValidationRule,
  execute as executeLocally,
  parse,
  specifiedRules,
  validate,
} from 'graphql';

import { counter, withSpan } from '@terakoya/common/telemetry';

import { LruMap } from './lru';
import type { FetchContext, Fetcher } from './subgraph-fetcher';

/** An operation that was parsed and found valid. */
export interface OperationInput {
  readonly document: DocumentNode;
  readonly operationName?: string | null;
  readonly variables?: Readonly<Record<string, unknown>> | null;
  readonly context: FetchContext;
}

/** Executes operations on the supergraph, subscriptions' events included. */
export interface Execution {
  /** The one schema that clients see. */
  readonly schema: GraphQLSchema;
  /** The document of a source text; the same text gives the same document. Throws GraphQLError for bad syntax. */
  parse(source: string): DocumentNode;
  /** The errors of a document against the schema; a document found valid once is not looked at again. */
  validate(document: DocumentNode): readonly GraphQLError[];
  execute(operation: OperationInput): Promise<ExecutionResult>;
  /**
   * Executes a subscription's selection for one event. `root` is the value of its root field; fields of other
   * subgraphs are planned and fetched like those of a query.
   */
  executeEvent(operation: OperationInput, root: Readonly<Record<string, unknown>>): Promise<ExecutionResult>;
}

export interface ExecutionOptions {
  readonly supergraphSdl: string;
  readonly fetcher: Fetcher;
  /** Refuse documents of more tokens. */
  readonly maxTokens?: number;
  /** Rules besides those of GraphQL itself. */
  readonly rules?: readonly ValidationRule[];
  /** The subgraph whose root fields are events, with its schema. */
  readonly events?: { readonly subgraph: string; readonly schema: GraphQLSchema };
}

const CACHED_DOCUMENTS = 1_000;

const planned = counter('terakoya_query_plans_total', 'Query plans by whether they were cached.', ['cache']);

interface EventContext extends FetchContext {
  readonly event?: Readonly<Record<string, unknown>>;
}

export function createExecution(options: ExecutionOptions): Execution {
  const supergraph = SupergraphClass.build(options.supergraphSdl);
  const planner = new QueryPlanner(supergraph);
  const apiSchema = supergraph.apiSchema();
  const schema = apiSchema.toGraphQLJSSchema();
  const supergraphSchema = supergraph.schema.toGraphQLJSSchema();
  const documents = new LruMap<string, DocumentNode>(CACHED_DOCUMENTS);
  const valid = new WeakSet<DocumentNode>();
  const plans = new WeakMap<DocumentNode, Map<string, QueryPlan>>();
  const services = serviceMap(supergraph, options);
  const rules = [...specifiedRules, ...(options.rules ?? [])];

  const planOf = (document: DocumentNode, operationName: string | undefined): QueryPlan => {
    const known = plans.get(document) ?? new Map<string, QueryPlan>();
    plans.set(document, known);
    const cached = known.get(operationName ?? '');
    planned.inc({ cache: cached ? 'hit' : 'miss' });
    const plan =
      cached ?? runnable(planner.buildQueryPlan(operationFromDocument(apiSchema, document, { operationName })));
    known.set(operationName ?? '', plan);
    return plan;
  };

  const run = async (
    { document, operationName, variables, context }: OperationInput,
    event?: EventContext['event'],
  ) => {
    const name = operationName ?? undefined;
    const plan = await withSpan('gateway.plan', {}, async () => planOf(document, name));
    const result = await executeQueryPlan(
      plan,
      services,
      requestContext({ document, operationName, variables, context }, { ...context, event }),
      buildOperationContext({ schema, operationDocument: document, operationName: name }),
      supergraphSchema,
      apiSchema,
    );
    return withoutInternals(result);
  };

  return {
    schema,
    parse(source) {
      const known = documents.get(source);
      const document = known ?? parse(source, { maxTokens: options.maxTokens, noLocation: false });
      if (!known) documents.set(source, document);
      return document;
    },
    validate(document) {
      if (valid.has(document)) return [];
      const errors = validateSafely(schema, document, rules);
      if (errors.length === 0) valid.add(document);
      return errors;
    },
    execute: (operation) => run(operation),
    executeEvent: (operation, root) => run(operation, root),
  };
}

/** graphql 16 throws on `@include(if: $variable)` at the root of a subscription instead of reporting it. */
function validateSafely(
  schema: GraphQLSchema,
  document: DocumentNode,
  rules: readonly ValidationRule[],
): readonly GraphQLError[] {
  try {
    return validate(schema, document, rules);
  } catch (error) {
    return [error instanceof GraphQLError ? error : new GraphQLError('The document cannot be validated.')];
  }
}

/** The executor knows no subscriptions: for one event it is the event's own fields, then the rest. */
function runnable(plan: QueryPlan): QueryPlan {
  if (plan.node?.kind !== 'Subscription') return plan;
  const { primary, rest } = plan.node;
  const nodes: PlanNode[] = rest ? [primary, rest] : [primary];
  return { ...plan, node: { kind: 'Sequence', nodes } };
}

function serviceMap(supergraph: Supergraph, { fetcher, events }: ExecutionOptions): ServiceMap {
  const services: ServiceMap = {};
  for (const name of supergraph.subgraphs().names() as string[]) {
    services[name] = {
      process: async ({ request, context }) => {
        const { viewer, event } = context as unknown as EventContext; // made by requestContext below
        if (events && events.subgraph === name)
          return eventData(events.schema, request.query ?? '', request.variables ?? {}, event ?? {});
        const attributes = { 'terakoya.subgraph': name, 'terakoya.entities': entityCount(request.variables) };
        return withSpan(`gateway.fetch ${name}`, { kind: 'client', attributes }, async () => {
          const { data, errors } = await fetcher.fetch(
            name,
            { query: request.query ?? '', variables: request.variables, operationName: request.operationName },
            { viewer },
          );
          return { data, errors: errors?.map((error) => new GraphQLError(error.message, error)) } as never; // its own response type
        });
      },
    };
  }
  return services;
}

function entityCount(variables: Readonly<Record<string, unknown>> | undefined): number {
  const representations = variables?.['representations'];
  return Array.isArray(representations) ? representations.length : 0;
}

/** The root fields of a subscription, shaped as they were asked for from the event itself. */
async function eventData(
  schema: GraphQLSchema,
  query: string,
  variables: Readonly<Record<string, unknown>>,
  rootValue: Readonly<Record<string, unknown>>,
) {
  return (await executeLocally({ schema, document: parse(query), rootValue, variableValues: variables })) as never; // its own response type
}

function requestContext(operation: OperationInput, context: EventContext) {
  const { document, operationName, variables } = operation;
  return {
    request: { variables: variables ?? {}, operationName: operationName ?? undefined },
    document,
    operationName: operationName ?? null,
    context,
    metrics: {},
    overallCachePolicy: {},
  } as unknown as Parameters<typeof executeQueryPlan>[2]; // what executeQueryPlan reads of it
}

/** Names of subgraphs and notes about value completion stay inside. */
function withoutInternals({
  data,
  errors,
}: ExecutionResult | { data?: unknown; errors?: readonly GraphQLError[] }): ExecutionResult {
  const shown = errors?.map((error) => {
    const { serviceName: _service, ...extensions } = error.extensions;
    const code = extensions['code'] === 'DOWNSTREAM_SERVICE_ERROR' ? 'INTERNAL_SERVER_ERROR' : extensions['code'];
    return new GraphQLError(error.message, {
      path: error.path,
      extensions: { ...extensions, code: code ?? 'INTERNAL_SERVER_ERROR' },
    });
  });
  return { data: (data ?? null) as ExecutionResult['data'], ...(shown && shown.length > 0 ? { errors: shown } : {}) };
}
