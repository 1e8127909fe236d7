import { type ClientRequest, type IncomingMessage, type ServerResponse, request as send } from 'node:http';

import { type RequestHandler, sendJson } from '@terakoya/common/http';
import type { Closable } from '@terakoya/common/lifecycle';
import { counter, gauge } from '@terakoya/common/telemetry';

export interface EventStreamProxyOptions {
  /** The server they are passed on to. */
  readonly target: URL;
  readonly maxStreams: number;
}

export interface EventStreamProxy extends Closable {
  readonly handle: RequestHandler;
}

/** Until the realtime server begins to answer. */
const ANSWER_MS = 10_000;
/** The realtime server says something every PING_MS, 15 s unless set otherwise; after so long a silence it is gone. */
const SILENCE_MS = 120_000;

/** What concerns one connection only (RFC 9110, section 7.6.1). */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * Passes requests for a stream of server-sent events on to the realtime server, so that clients need one URL only. It
 * sees every header as it was sent, `Host` and `Origin` included, and `x-forwarded-for`.
 */
export function createEventStreamProxy({ target, maxStreams }: EventStreamProxyOptions): EventStreamProxy {
  const open = new Set<ClientRequest>();
  const streams = gauge('terakoya_gateway_event_streams', 'Event streams passed on at the moment.');
  const passed = counter('terakoya_gateway_event_streams_total', 'Requests for event streams by outcome.', ['outcome']);
  const refuse = (response: ServerResponse, status: number, outcome: 'limit' | 'unreachable'): void => {
    passed.inc({ outcome });
    if (response.headersSent) return void response.destroy();
    const message = outcome === 'limit' ? 'There are too many event streams.' : 'realtime cannot be reached just now.';
    const code = outcome === 'limit' ? 'LIMIT_EXCEEDED' : 'UNAVAILABLE';
    sendJson(response, status, { errors: [{ message, extensions: { code } }] });
  };
  return {
    async handle(request, response) {
      if (open.size >= maxStreams) return refuse(response, 503, 'limit');
      const upstream = passOn(request, response, target, {
        answered: () => passed.inc({ outcome: 'connected' }),
        failed: () => refuse(response, 502, 'unreachable'),
      });
      open.add(upstream);
      streams.inc();
      upstream.once('close', () => {
        open.delete(upstream);
        streams.dec();
      });
    },
    async close() {
      for (const upstream of open) upstream.destroy();
    },
  };
}

function passOn(
  request: IncomingMessage,
  response: ServerResponse,
  target: URL,
  { answered, failed }: { readonly answered: () => void; readonly failed: () => void },
): ClientRequest {
  const upstream = send({
    agent: false,
    host: target.hostname,
    port: target.port || 80,
    method: request.method ?? 'GET',
    path: request.url ?? '/',
    headers: headersOf(request),
    timeout: ANSWER_MS,
  });
  upstream.on('timeout', () => upstream.destroy());
  upstream.on('error', () => failed());
  upstream.once('response', (answer) => {
    answered();
    upstream.setTimeout(SILENCE_MS);
    giveHead(answer, response);
    answer.on('error', () => response.destroy());
    answer.pipe(response);
  });
  response.once('close', () => upstream.destroy());
  request.pipe(upstream);
  return upstream;
}

function headersOf(request: IncomingMessage): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined && !HOP_BY_HOP.has(name)) headers[name] = value;
  }
  return { ...headers, 'x-forwarded-for': request.socket.remoteAddress ?? 'unknown' };
}

/** What the gateway has said itself (CORS, trace) stays as it said it. */
function giveHead(answer: IncomingMessage, response: ServerResponse): void {
  for (const [name, value] of Object.entries(answer.headers)) {
    if (value !== undefined && !HOP_BY_HOP.has(name) && !response.hasHeader(name)) response.setHeader(name, value);
  }
  response.writeHead(answer.statusCode ?? 502);
  response.flushHeaders();
}
