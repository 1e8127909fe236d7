import type { IncomingMessage, ServerResponse } from 'node:http';

import { type ConfigOf, defineConfig, serviceShape } from '@terakoya/common/config';
import { isSchoolError } from '@terakoya/common/errors';
import { createHttpHost, readBody, sendJson, sendText } from '@terakoya/common/http';
import { type Service, createService } from '@terakoya/common/lifecycle';

import { LineStore } from './line-store';
import { spansOf } from './otlp';
import { linesOf } from './otlp-logs';
import { listPage, tracePage } from './pages';
import { TraceStore } from './trace-store';

/** 4318 is the port of OTLP over HTTP. */
export const tracesConfig = defineConfig('traces', serviceShape(4318));

const MAX_EXPORT_BYTES = 16 * 1024 * 1024;
const HTML = 'text/html; charset=utf-8';

/**
 * The trace view of local development: takes spans and log lines (OTLP/HTTP JSON at `/v1/traces` and `/v1/logs`), shows
 * a trace as a waterfall with its lines at `/traces/<id>` and as JSON at `/api/traces/<id>`. It keeps the latest in memory and needs no other program.
 */
export function createTraces(config: ConfigOf<typeof tracesConfig>): Service {
  const stores = { traces: new TraceStore(), lines: new LineStore() };
  return createService(async (opened) => {
    const host = createHttpHost({
      service: 'traces',
      host: config.HOST,
      port: config.PORT,
      routes: ['/v1', '/traces', '/api'],
      handle: (request, response) => route(stores, request, response),
    });
    return opened(host).start();
  });
}

interface Stores {
  readonly traces: TraceStore;
  readonly lines: LineStore;
}

async function route(stores: Stores, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = request.url?.split('?', 1)[0] ?? '/';
  if (request.method === 'POST' && path === '/v1/traces')
    return receive(request, response, (body) => stores.traces.add(spansOf(body)));
  if (request.method === 'POST' && path === '/v1/logs')
    return receive(request, response, (body) => stores.lines.add(linesOf(body)));
  const [, id] = /^\/(?:api\/)?traces\/([0-9a-f]{32})$/.exec(path) ?? [];
  if (id !== undefined) {
    const [spans, lines] = [stores.traces.find(id), stores.lines.find(id)];
    if (path.startsWith('/api/')) return sendJson(response, 200, { traceId: id, spans, lines });
    return sendText(response, 200, tracePage(id, spans, lines), HTML);
  }
  if (path === '/') return sendText(response, 200, listPage(stores.traces.latest(100)), HTML);
  sendJson(response, 404, { error: 'not found' });
}

async function receive(request: IncomingMessage, response: ServerResponse, add: (body: string) => void): Promise<void> {
  try {
    add(await readBody(request, MAX_EXPORT_BYTES));
    sendJson(response, 200, { partialSuccess: {} });
  } catch (error) {
    if (!isSchoolError(error)) throw error;
    sendJson(response, error.code === 'LIMIT_EXCEEDED' ? 413 : 400, { message: error.message });
  }
}
