import type { GraphQLDataSource, ServiceMap } from '@apollo/gateway';
import { type GraphQLFormattedError, type GraphQLSchema, execute } from 'graphql';

import { isSchoolError, messageOf } from '@terakoya/common/errors';
import { currentTraceparent, withSpan } from '@terakoya/common/telemetry';

import type { OnUnexpected } from './client-errors';
import { errorsAtFailedFields } from './failed-fields';
import type { ExecutionContext } from './operation';
import { EVENT_SOURCE, type PlannedOperation } from './planned-operation';
import type { SubgraphClient } from './subgraph-client';

/** What a data source needs to know of the execution it serves. */
export interface FetchContext extends ExecutionContext {
  readonly [key: string]: unknown;
  readonly isRepeatable: boolean;
  /** Runs a part inside the request's trace: Apollo's executor itself makes no spans. */
  readonly resume: <R>(part: () => R) => R;
}

/** One data source for each subgraph, shared by every execution. */
export function createDataSources(
  names: Iterable<string>,
  client: SubgraphClient,
  onUnexpected: OnUnexpected,
): ServiceMap {
  return Object.fromEntries([...names].map((name) => [name, subgraphSource(name, client, onUnexpected)]));
}

function subgraphSource(
  subgraph: string,
  client: SubgraphClient,
  onUnexpected: OnUnexpected,
): GraphQLDataSource<FetchContext> {
  return {
    async process(options) {
      const { request } = options;
      const context = options.context as FetchContext; // only our own executions use these data sources
      const { query = '', operationName, variables = {} } = request;
      const { viewer, passedOn, isRepeatable, signal } = context;
      const fetch = () => {
        const traceparent = currentTraceparent() ?? context.traceparent ?? null;
        const asked = {
          subgraph,
          query,
          operationName,
          variables,
          viewer,
          passedOn,
          isRepeatable,
          traceparent,
          signal,
        };
        return client.fetch(asked);
      };
      const entities = Array.isArray(variables.representations) ? variables.representations.length : 0;
      const attributes = { 'terakoya.subgraph': subgraph, 'terakoya.entities': entities };
      try {
        const span = { kind: 'client', attributes } as const;
        const { data, errors } = await context.resume(() => withSpan(`gateway.fetch ${subgraph}`, span, fetch));
        return errors.length > 0 ? { data, errors } : { data };
      } catch (error) {
        if (!isSchoolError(error) || error.code === 'INTERNAL_SERVER_ERROR') onUnexpected(error);
        return { data: null, errors: errorsAtFailedFields(query, variables, failureOf(error)) };
      }
    },
  };
}

function failureOf(error: unknown): GraphQLFormattedError & { extensions: Record<string, unknown> } {
  return isSchoolError(error)
    ? { message: error.message, extensions: { code: error.code, ...error.details } }
    : { message: messageOf(error), extensions: {} };
}

/** The data sources, with the event in place of the subgraph that declares the subscription. */
export function withEvent(
  sources: ServiceMap,
  schema: GraphQLSchema,
  { eventDocument }: PlannedOperation,
  event: Readonly<Record<string, unknown>>,
): ServiceMap {
  if (!eventDocument) return sources;
  const source: GraphQLDataSource = {
    process: async ({ request }) =>
      execute({ schema, document: eventDocument, rootValue: event, variableValues: request.variables }),
  };
  return { ...sources, [EVENT_SOURCE]: source };
}
