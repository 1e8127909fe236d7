import type { IncomingMessage } from 'node:http';

import { type HandlerOptions, type OperationContext, createHandler } from 'graphql-http';

import { isSchoolError } from '../errors';
import { type RequestHandler, readBody, sendJson } from '../http';

export interface GraphqlEndpointOptions<C extends OperationContext> extends Omit<
  HandlerOptions<IncomingMessage, undefined, C>,
  'parseRequestParams'
> {
  /** Largest request body in bytes; more is answered with 413. */
  readonly maxBodyBytes: number;
}

/** Answers GraphQL over HTTP as its specification says, with a bounded body. */
export function createGraphqlEndpoint<C extends OperationContext>(options: GraphqlEndpointOptions<C>): RequestHandler {
  const { maxBodyBytes, ...handlerOptions } = options;
  const handle = createHandler<IncomingMessage, undefined, C>(handlerOptions);
  return async (request, response) => {
    try {
      const received = request.method === 'POST' ? await readBody(request, maxBodyBytes) : null;
      const [body, init] = await handle({
        method: request.method ?? 'GET',
        url: request.url ?? '/',
        headers: request.headers,
        body: received,
        raw: request,
        context: undefined,
      });
      response.writeHead(init.status, init.statusText, init.headers);
      response.end(body);
    } catch (error) {
      if (!isSchoolError(error)) throw error;
      const status = STATUS[error.code] ?? 400;
      if (status === 413) response.setHeader('connection', 'close');
      sendJson(response, status, {
        errors: [{ message: error.message, extensions: { code: error.code, ...error.details } }],
      });
    }
  };
}

/** HTTP statuses of errors that stop a request before it is executed. */
const STATUS: Readonly<Partial<Record<string, number>>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  LIMIT_EXCEEDED: 413,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
};
