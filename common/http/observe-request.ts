import type { IncomingMessage, ServerResponse } from 'node:http';

import { type BegunSpan, beginSpan, failActiveSpan, heededTraceparent, histogram, markFailed } from '../telemetry';

const METHODS = new Set(['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH']);
const EVENT_STREAM = 'text/event-stream';

const duration = histogram('terakoya_http_request_seconds', 'Requests answered, by route, method and status.', [
  'route',
  'method',
  'status',
]);

export interface ObservedRoute {
  readonly route: string;
  /** Whether anybody may ask: then how many traces are recorded is not for them to say. */
  readonly isPublic: boolean;
}

/**
 * Answers a request inside its span, which continues the trace of its `traceparent` and ends when the response has been
 * sent, and observes how long that took. A stream of events lasts as long as its client wants: it has no duration.
 */
export async function observeRequest(
  request: IncomingMessage,
  response: ServerResponse,
  { route, isPublic }: ObservedRoute,
  answer: () => Promise<void>,
): Promise<void> {
  const method = METHODS.has(request.method ?? '') ? String(request.method) : 'other';
  const isStream = request.headers.accept?.includes(EVENT_STREAM) ?? false;
  const began = performance.now();
  const ended = (begun: BegunSpan | undefined): void => {
    const status = statusOf(response);
    const observe = (): void => {
      if (status >= 500) failActiveSpan(String(status));
      if (!isStream) duration.observe({ route, method, status }, (performance.now() - began) / 1000);
    };
    if (!begun) return observe();
    begun.within(observe);
    begun.span.setAttribute('http.response.status_code', status);
    begun.span.end();
  };
  const begun = method === 'OPTIONS' ? undefined : begin(request, { method, route, isPublic, isStream });
  try {
    await (begun ? begun.within(answer) : answer());
  } catch (error) {
    if (begun) markFailed(begun.span, error);
    throw error;
  } finally {
    if (response.writableEnded || response.destroyed) ended(begun);
    else response.once('close', () => ended(begun));
  }
}

function begin(
  { headers: { traceparent } }: IncomingMessage,
  { method, route, isPublic, isStream }: ObservedRoute & { readonly method: string; readonly isStream: boolean },
): BegunSpan {
  const sent = typeof traceparent === 'string' ? traceparent : null;
  return beginSpan(`${method} ${route}`, {
    kind: 'server',
    traceparent: sent !== null && isPublic ? heededTraceparent(sent) : sent,
    attributes: { 'http.request.method': method, 'http.route': route },
    isOpenEnded: isStream,
  });
}

/** 499 (as nginx counts it): the client had gone before there was an answer. */
function statusOf(response: ServerResponse): number {
  return response.headersSent ? response.statusCode : 499;
}

/**
 * The route of a path, of a short list so that it can be a label: the first that the path is or stands under; `other`
 * when there is none. A route that ends in `*` stands for all paths that begin so.
 */
export function routeOf(path: string, routes: readonly string[]): string {
  const found = routes.find((route) =>
    route.endsWith('*') ? path.startsWith(route.slice(0, -1)) : path === route || path.startsWith(`${route}/`),
  );
  return found ?? 'other';
}
