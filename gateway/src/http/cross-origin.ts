import type { IncomingMessage, ServerResponse } from 'node:http';

import { ForbiddenError } from '@terakoya/common/errors';
import { isAllowedOrigin } from '@terakoya/common/http';

const ALLOWED_HEADERS =
  'authorization, content-type, traceparent, tracestate, apollo-require-preflight, x-apollo-operation-name, x-csrf, ' +
  'x-graphql-cost, last-event-id';
const EXPOSED_HEADERS = 'traceparent, x-trace-id, ratelimit, ratelimit-policy, retry-after, age, etag';
const PREFLIGHT_SECONDS = '7200';

/**
 * Lets pages of the listed origins read responses (CORS, Fetch standard) and refuses what pages of other sites send:
 * a request with a foreign `Origin`, and one that a browser says comes from elsewhere without an `Origin`, such as
 * the GET of an image element.
 */
export function guardOrigin(request: IncomingMessage, response: ServerResponse, allowed: readonly string[]): void {
  const { origin, host } = request.headers;
  const site = request.headers['sec-fetch-site'];
  response.setHeader('vary', 'Origin');
  const isForeign = origin === undefined && (site === 'cross-site' || site === 'same-site');
  if (isForeign || !isAllowedOrigin(origin, host, allowed)) {
    throw new ForbiddenError('Pages of this origin may not call: CORS_ORIGINS lists those that may.');
  }
  if (origin === undefined) return;
  response.setHeader('access-control-allow-origin', origin);
  response.setHeader('access-control-expose-headers', EXPOSED_HEADERS);
}

/** Answers the question a browser asks before it lets a page send a request. */
export function answerPreflight(response: ServerResponse): void {
  response.writeHead(204, {
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers': ALLOWED_HEADERS,
    'access-control-max-age': PREFLIGHT_SECONDS,
  });
  response.end();
}
