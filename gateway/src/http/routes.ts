import { type GraphQLSchema, printSchema } from 'graphql';

import { isSchoolError } from '@terakoya/common/errors';
import { type RequestHandler, sendJson, sendText } from '@terakoya/common/http';

import type { Explorer } from '../explorer/explorer';
import { answerPreflight, guardOrigin } from './cross-origin';
import { sendError } from './error-response';
import { acceptsEventStream } from './media-types';
import { setTraceHeaders, traceOf } from './trace-headers';

export interface RoutesOptions {
  readonly endpoint: RequestHandler;
  /** Answers those who accept a stream of events; null where there are none. */
  readonly eventStreams: RequestHandler | null;
  /** Null when there is to be none. */
  readonly explorer: Explorer | null;
  readonly schema: GraphQLSchema;
  readonly introspection: boolean;
  readonly origins: readonly string[];
}

/** What requests are counted by. */
export const ROUTES = ['/graphql', '/schema.graphql', '/explorer'];

/** `/graphql` for operations, and for browsers the explorer; `/schema.graphql` the schema reference. */
export function createRoutes(options: RoutesOptions): RequestHandler {
  let sdl: string | undefined;
  return async (request, response) => {
    const path = request.url?.split('?', 1)[0] ?? '/';
    if (options.explorer && (await options.explorer.answer(request, response, path))) return;
    if (path === '/graphql') return answerGraphql(options, request, response);
    if (path === '/schema.graphql' && options.introspection) {
      return sendText(response, 200, (sdl ??= `${printSchema(options.schema)}\n`));
    }
    if (path === '/' && options.explorer) return void response.writeHead(302, { location: '/graphql' }).end();
    sendJson(response, 404, { error: 'not found' });
  };
}

const answerGraphql = async (
  { origins, endpoint, eventStreams }: RoutesOptions,
  ...[request, response]: Parameters<RequestHandler>
): Promise<void> => {
  const trace = traceOf(request);
  setTraceHeaders(response, trace);
  try {
    guardOrigin(request, response, origins);
  } catch (error) {
    if (!isSchoolError(error)) throw error;
    return sendError(response, error, trace);
  }
  if (request.method === 'OPTIONS') return answerPreflight(response);
  const isStream = eventStreams !== null && acceptsEventStream(request.headers.accept);
  return isStream ? eventStreams(request, response) : endpoint(request, response);
};
