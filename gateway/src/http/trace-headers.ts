import type { IncomingMessage, ServerResponse } from 'node:http';

import { currentTraceparent } from '@terakoya/common/telemetry';

const TRACEPARENT = /^[\da-f]{2}-([\da-f]{32})-[\da-f]{16}-[\da-f]{2}$/;

/** The trace of a request: its `traceparent`, which goes on to subgraphs, and the id that clients are told. */
export interface RequestTrace {
  readonly traceparent: string | null;
  readonly traceId: string | null;
}

/** The trace this process has begun or continued; where it does not trace, the one the client sent. */
export function traceOf(request: IncomingMessage): RequestTrace {
  const sent = request.headers.traceparent;
  const traceparent = currentTraceparent() ?? (typeof sent === 'string' && TRACEPARENT.test(sent) ? sent : null);
  return { traceparent, traceId: TRACEPARENT.exec(traceparent ?? '')?.[1] ?? null };
}

/** Tells the client which trace its request is, so that a report can name it. */
export function setTraceHeaders(response: ServerResponse, { traceparent, traceId }: RequestTrace): void {
  if (traceparent !== null) response.setHeader('traceparent', traceparent);
  if (traceId !== null) response.setHeader('x-trace-id', traceId);
}
