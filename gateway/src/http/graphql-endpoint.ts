import type { IncomingMessage, ServerResponse } from 'node:http';

import { isSchoolError } from '@terakoya/common/errors';
import { type RequestHandler, sendText } from '@terakoya/common/http';
import { setSpanAttributes } from '@terakoya/common/telemetry';

import type { GatewayEvents } from '../events';
import {
  type Asker,
  type Executed,
  type Execution,
  type ExecutionContext,
  type Operation,
  responseText,
} from '../execution';
import { sendError } from './error-response';
import { HttpRefusal } from './http-refusal';
import { type Accepted, readAccept } from './media-types';
import { sendInParts } from './multipart';
import { type RequestParameters, readParameters } from './request-parameters';
import { type RequestTrace, traceOf } from './trace-headers';

export interface GraphqlEndpointOptions {
  readonly execution: Execution;
  /** For whom a request is executed; throws UNAUTHENTICATED when that cannot be told. */
  readonly askerOf: (request: IncomingMessage) => Asker;
  readonly maxBodyBytes: number;
  readonly events: GatewayEvents;
}

/** Answers operations as the GraphQL-over-HTTP specification says. */
export function createGraphqlEndpoint(options: GraphqlEndpointOptions): RequestHandler {
  return async (request, response) => {
    const trace = traceOf(request);
    try {
      const accepted = readAccept(request.headers.accept);
      if (!accepted) throw notAcceptable();
      const asker = options.askerOf(request);
      const parameters = await readParameters(request, options.maxBodyBytes);
      await answer(options, { request, response, accepted, asker, parameters, trace });
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
  readonly accepted: Accepted;
  readonly asker: Asker;
  readonly parameters: RequestParameters;
  readonly trace: RequestTrace;
}

async function answer({ execution, events }: GraphqlEndpointOptions, exchange: Exchange): Promise<void> {
  const { request, response, accepted, asker, parameters, trace } = exchange;
  const { type, inParts } = accepted;
  const { operation, errors } = await execution.prepare({ ...parameters, acceptsParts: inParts });
  if (!operation) {
    for (const { extensions } of errors) events.requestRefused(String(extensions.code));
    const body = JSON.stringify({ errors: withTraceId(errors, trace) });
    return sendText(response, type === 'application/json' ? 200 : 400, body, `${type}; charset=utf-8`);
  }
  refuseMethod(operation, request);
  const context = { ...asker, traceparent: trace.traceparent, signal: signalOf(operation, response) };
  const executed = await execute(operation, context, events);
  const told = executed.errors.length === 0 ? executed : { ...executed, errors: withTraceId(executed.errors, trace) };
  if (told.deferred) return sendInParts(response, told, told.deferred);
  sendText(response, 200, responseText(told), `${type}; charset=utf-8`);
}

function refuseMethod({ type }: Operation, { method }: IncomingMessage): void {
  if (type === 'subscription') throw new HttpRefusal(400, 'Subscriptions are served over WebSockets on this URL.');
  if (type === 'mutation' && method === 'GET') {
    throw new HttpRefusal(405, 'A mutation must be sent with POST.', { allow: 'POST' });
  }
}

async function execute(operation: Operation, context: ExecutionContext, events: GatewayEvents): Promise<Executed> {
  const began = performance.now();
  const { type, name } = operation;
  setSpanAttributes({ 'graphql.operation.type': type, ...(name === null ? {} : { 'graphql.operation.name': name }) });
  const executed = await operation.execute(context);
  const codes = [...new Set(executed.errors.map(({ extensions }) => String(extensions.code)))];
  events.operationExecuted({ name, type, seconds: (performance.now() - began) / 1000, codes });
  return executed;
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

function withTraceId(errors: Executed['errors'], { traceId }: RequestTrace): Executed['errors'] {
  if (traceId === null) return errors;
  return errors.map(({ message, locations, path, extensions }) => ({
    message,
    locations,
    path,
    extensions: { ...extensions, traceId },
  }));
}

function notAcceptable(): HttpRefusal {
  return new HttpRefusal(406, 'Accept must allow application/graphql-response+json or application/json in UTF-8.');
}
