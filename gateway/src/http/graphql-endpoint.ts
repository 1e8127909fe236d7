import type { IncomingMessage, ServerResponse } from 'node:http';

import { GraphQLError } from 'graphql';
import { createHandler } from 'graphql-http';

import { LimitExceededError, isSchoolError, messageOf } from '@terakoya/common/errors';
import { type RequestHandler, readBody } from '@terakoya/common/http';
import { setSpanAttributes } from '@terakoya/common/telemetry';

import type { GatewayEvents } from '../events';
import type { Execution, ExecutionContext, Operation } from '../execution';
import { sendError } from './error-response';
import { type RequestTrace, traceOf } from './trace-headers';

export interface GraphqlEndpointOptions {
  readonly execution: Execution;
  /** For whom a request is executed; throws UNAUTHENTICATED when that cannot be told. */
  readonly askerOf: (request: IncomingMessage) => Asker;
  readonly maxBodyBytes: number;
  readonly events: GatewayEvents;
}

/** What of a request's headers the execution needs. */
export type Asker = Pick<ExecutionContext, 'viewer' | 'passedOn'>;

interface HandlerContext extends Record<PropertyKey, unknown> {
  readonly operation: Operation;
}

/** Answers operations as the GraphQL-over-HTTP specification says. */
export function createGraphqlEndpoint(options: GraphqlEndpointOptions): RequestHandler {
  return async (request, response) => {
    const trace = traceOf(request);
    try {
      const asker = options.askerOf(request);
      const body = request.method === 'POST' ? await readBounded(request, options.maxBodyBytes) : null;
      const context = { ...asker, traceparent: trace.traceparent };
      await answer(options, { request, response, body, context, trace });
    } catch (error) {
      if (!isSchoolError(error)) throw error;
      options.events.requestRefused(error.code);
      sendError(response, error, trace);
    }
  };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly body: string | null;
  readonly context: ExecutionContext;
  readonly trace: RequestTrace;
}

/** A handler for each request costs a few closures, and gives each its own trace and signal without a detour. */
async function answer(options: GraphqlEndpointOptions, exchange: Exchange): Promise<void> {
  const { request, response, body, context, trace } = exchange;
  const { execution, events } = options;
  const handle = createHandler<IncomingMessage, undefined, HandlerContext>({
    schema: execution.schema,
    onSubscribe: async (_request, parameters) => {
      const { operation, errors } = await execution.prepare(parameters);
      if (!operation) {
        for (const { extensions } of errors) events.requestRefused(String(extensions.code));
        return [...errors];
      }
      const { document, name } = operation;
      return { schema: execution.schema, document, operationName: name, contextValue: { operation } };
    },
    execute: ({ contextValue }) => {
      const { operation } = contextValue as HandlerContext; // set in onSubscribe above
      return execute(operation, { ...context, signal: signalOf(operation, response) }, events);
    },
    formatError: (error) => withTraceId(error, trace),
  });
  const { method = 'GET', url = '/', headers } = request;
  const [text, init] = await handle({ method, url, headers, body, raw: request, context: undefined });
  response.writeHead(init.status, init.statusText, init.headers);
  response.end(text);
}

async function execute(operation: Operation, context: ExecutionContext, events: GatewayEvents) {
  const began = performance.now();
  const { type, name } = operation;
  setSpanAttributes({ 'graphql.operation.type': type, ...(name === null ? {} : { 'graphql.operation.name': name }) });
  const result = await operation.execute(context);
  const codes = [...new Set((result.errors ?? []).map(({ extensions }) => String(extensions.code)))];
  events.operationExecuted({ name, type, seconds: (performance.now() - began) / 1000, codes });
  return result;
}

/** A query whose client is gone is given up; a mutation is brought to its end. */
function signalOf({ type }: Operation, response: ServerResponse): AbortSignal | undefined {
  if (type !== 'query') return undefined;
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableEnded) gone.abort();
  });
  return gone.signal;
}

function withTraceId(error: Readonly<GraphQLError | Error>, { traceId }: RequestTrace): GraphQLError {
  const known =
    error instanceof GraphQLError
      ? error
      : new GraphQLError(messageOf(error), { extensions: { code: 'BAD_USER_INPUT' } });
  if (traceId === null) return known;
  const { nodes, source, positions, path } = known;
  return new GraphQLError(known.message, {
    nodes,
    source,
    positions,
    path,
    extensions: { ...known.extensions, traceId },
  });
}

/** Says no to a body that is announced as too large before any of it is read. */
async function readBounded(request: IncomingMessage, maxBytes: number): Promise<string> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) {
    throw new LimitExceededError(`The request body may have at most ${maxBytes} bytes.`, { maxBytes });
  }
  return readBody(request, maxBytes);
}
