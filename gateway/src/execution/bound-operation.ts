import type { Schema } from '@apollo/federation-internals';
import { type ServiceMap, buildOperationContext, executeQueryPlan } from '@apollo/gateway';
import {
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  getArgumentValues,
  getVariableValues,
} from 'graphql';

import { withoutSpans } from '@terakoya/common/telemetry';

import { type OnUnexpected, toClientError, toRequestError } from './client-errors';
import { type FetchContext, withEvent } from './data-sources';
import type { ExecutionContext, Operation, Preparation } from './operation';
import type { PlannedOperation } from './planned-operation';
import type { Executed } from './response';

/** What every execution shares. */
export interface Engine {
  readonly schema: GraphQLSchema;
  readonly apiSchema: Schema;
  readonly supergraphSchema: GraphQLSchema;
  readonly sources: ServiceMap;
  readonly onUnexpected: OnUnexpected;
}

/** Gives a planned operation its variables, or tells which of them are wrong. */
export function bindOperation(
  engine: Engine,
  planned: PlannedOperation,
  variables: Readonly<Record<string, unknown>>,
): Preparation {
  const definitions = planned.definition.variableDefinitions ?? [];
  const { coerced, errors } = getVariableValues(engine.schema, definitions, variables, { maxErrors: 5 });
  return errors ? { errors: errors.map(toRequestError) } : { operation: new BoundOperation(engine, planned, coerced) };
}

class BoundOperation implements Operation {
  constructor(
    private readonly engine: Engine,
    private readonly planned: PlannedOperation,
    private readonly variables: Record<string, unknown>,
  ) {}

  get type(): Operation['type'] {
    return this.planned.definition.operation;
  }

  get name(): string | null {
    return this.planned.definition.name?.value ?? null;
  }

  get document(): Operation['document'] {
    return this.planned.document;
  }

  get subscription(): Operation['subscription'] {
    const [node] = this.planned.eventDocument?.definitions ?? [];
    if (node?.kind !== Kind.OPERATION_DEFINITION) return null;
    const [root] = node.selectionSet.selections;
    if (root?.kind !== Kind.FIELD) return null;
    const definition = this.engine.schema.getSubscriptionType()?.getFields()[root.name.value];
    if (!definition) return null;
    return { field: root.name.value, arguments: getArgumentValues(definition, root, this.variables) };
  }

  async execute(context: ExecutionContext, event?: Readonly<Record<string, unknown>>): Promise<Executed> {
    const { engine } = this;
    const sources = event ? withEvent(engine.sources, engine.schema, this.planned, event) : engine.sources;
    try {
      const result = await withoutSpans((resume) =>
        this.#run(sources, { ...context, resume, isRepeatable: this.#isRepeatable }),
      );
      return toClientResult(result, engine.onUnexpected);
    } catch (error) {
      return { data: 'null', errors: [toClientError(error, engine.onUnexpected)] };
    }
  }

  get #isRepeatable(): boolean {
    return this.type !== 'mutation';
  }

  #run(sources: ServiceMap, context: FetchContext): Promise<ExecutionResult> {
    const { schema, apiSchema, supergraphSchema } = this.engine;
    const operationName = this.name ?? undefined;
    const operationContext = buildOperationContext({
      schema,
      operationDocument: this.planned.document,
      operationName: operationName ?? '',
    });
    const requestContext = { request: { variables: this.variables, operationName }, context, metrics: {} };
    return executeQueryPlan(
      this.planned.plan,
      sources,
      requestContext as never, // its type asks for a server's whole request; the executor reads these three alone
      operationContext,
      supergraphSchema,
      apiSchema,
    );
  }
}

/**
 * Apollo's executor tells of a null that a non-null field may not have in `extensions.valueCompletion` only. Such a
 * null is an entity that its own subgraph does not show to this viewer.
 */
function toClientResult(result: ExecutionResult, onUnexpected: OnUnexpected): Executed {
  const { errors, extensions } = result;
  const data = JSON.stringify(result.data ?? null);
  if (errors) return { data, errors: errors.map((error) => toClientError(error, onUnexpected)) };
  const incomplete = extensions?.valueCompletion;
  if (!Array.isArray(incomplete)) return { data, errors: [] };
  return { errors: incomplete.map((error) => toClientError(toCompletionError(error), onUnexpected)), data };
}

function toCompletionError(error: unknown): unknown {
  if (!(error instanceof GraphQLError) || !error.message.startsWith('Cannot return null')) return error;
  return new GraphQLError('It does not exist, or you may not see it.', {
    path: error.path,
    extensions: { code: 'NOT_FOUND' },
  });
}
