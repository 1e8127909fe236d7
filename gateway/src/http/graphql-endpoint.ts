import type { IncomingMessage, ServerResponse } from 'node:http';

import { isSchoolError } from '@terakoya/common/errors';
import { type RequestHandler, sendText } from '@terakoya/common/http';

import type { Asker } from '../execution';
import { setRateHeaders } from '../guards/rate/rate-headers';
import type { RateDecision } from '../guards/rate/rate-limit';
import { refuseForged } from '../guards/csrf';
import { setCacheHeaders } from './cache-headers';
import { errorBody, sendError } from './error-response';
import { HttpRefusal } from './http-refusal';
import { type ResponseType, readAccept } from './media-types';
import { sendInParts } from './multipart';
import { type RequestLimits, readRequest } from './request-parameters';
import { type Answer, type Asked, type RunOptions, runRequest } from './run-request';
import { traceOf } from './trace-headers';

export interface GraphqlEndpointOptions extends RunOptions, RequestLimits {
  /** For whom a request is executed; throws UNAUTHENTICATED when that cannot be told. */
  readonly askerOf: (request: IncomingMessage) => Asker;
  readonly addressOf: (request: IncomingMessage) => string;
  /** Whether a GET must show that no foreign page has caused it. */
  readonly csrfPrevention: boolean;
}

/** Answers operations as the GraphQL-over-HTTP specification says. */
export function createGraphqlEndpoint(options: GraphqlEndpointOptions): RequestHandler {
  return async (request, response) => {
    const trace = traceOf(request);
    try {
      if (options.csrfPrevention) refuseForged(request);
      const accepted = readAccept(request.headers.accept);
      if (!accepted) throw notAcceptable();
      const requester = { ...options.askerOf(request), address: options.addressOf(request) };
      const received = await readRequest(request, options);
      const asked = { request, response, requester, trace, onRate: tellRate(response) };
      if (received.isBatch) return await answerBatch(options, asked, received.operations);
      const [operation = {}] = received.operations;
      const told = await runRequest(options, asked, { ...operation, acceptsParts: accepted.inParts });
      await answer(request, response, accepted.type, told);
    } catch (error) {
      if (!isSchoolError(error)) throw error;
      options.events.requestRefused(error.code);
      sendError(response, error, trace);
    }
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  type: ResponseType,
  told: Answer,
): Promise<void> {
  if (told.deferred) return sendInParts(response, told.body, told.deferred);
  const status = told.isExecuted || type === 'application/json' ? 200 : 400;
  if (request.method === 'GET' && told.isExecuted) {
    if (setCacheHeaders(request, response, told) === 'not-modified') return void response.writeHead(304).end();
  }
  if (told.age !== null) response.setHeader('age', String(told.age));
  sendText(response, status, told.body, `${type}; charset=utf-8`);
}

/** One response for each operation, in the order they came; each is limited and paid for by itself. */
async function answerBatch(
  options: GraphqlEndpointOptions,
  asked: Asked,
  operations: readonly Parameters<typeof runRequest>[2][],
): Promise<void> {
  const bodies = await Promise.all(operations.map((operation) => bodyOf(options, asked, operation)));
  sendText(asked.response, 200, `[${bodies.join(',')}]`, 'application/json; charset=utf-8');
}

async function bodyOf(options: GraphqlEndpointOptions, asked: Asked, operation: Parameters<typeof runRequest>[2]) {
  try {
    return (await runRequest(options, asked, operation)).body;
  } catch (error) {
    if (!isSchoolError(error)) throw error;
    options.events.requestRefused(error.code);
    return JSON.stringify(errorBody(error, asked.trace));
  }
}

/** Of several operations the last is told, and a refusal rather than a leave. */
function tellRate(response: ServerResponse): (decision: RateDecision) => void {
  let isRefused = false;
  return (decision) => {
    if (isRefused && !decision.refusedBy) return;
    isRefused ||= decision.refusedBy !== null;
    if (!response.headersSent) setRateHeaders(response, decision);
  };
}

function notAcceptable(): HttpRefusal {
  return new HttpRefusal(406, 'Accept must allow application/graphql-response+json or application/json in UTF-8.');
}
