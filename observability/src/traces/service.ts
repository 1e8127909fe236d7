import type { IncomingMessage, ServerResponse } from 'node:http';

import { type ConfigOf, defineConfig, serviceShape } from '@terakoya/common/config';
import { isSchoolError } from '@terakoya/common/errors';
import { createHttpHost, readBody, sendJson, sendText } from '@terakoya/common/http';
import { type Service, createService } from '@terakoya/common/lifecycle';

import { spansOf } from './otlp';
import { listPage, tracePage } from './pages';
import { TraceStore } from './trace-store';

/** 4318 is the port of OTLP over HTTP. */
export const tracesConfig = defineConfig('traces', serviceShape(4318));

const MAX_EXPORT_BYTES = 16 * 1024 * 1024;
const HTML = 'text/html; charset=utf-8';

/**
 * The trace view of local development: takes spans (OTLP/HTTP JSON at `/v1/traces`), shows a trace as a waterfall at
 * `/traces/<id>` and as JSON at `/api/traces/<id>`. It keeps the latest in memory and needs no other program.
 */
export function createTraces(config: ConfigOf<typeof tracesConfig>): Service {
  const store = new TraceStore();
  return createService(async (opened) => {
    const host = createHttpHost({
      service: 'traces',
      host: config.HOST,
      port: config.PORT,
      routes: ['/v1', '/traces', '/api'],
      handle: (request, response) => route(store, request, response),
    });
    return opened(host).start();
  });
}

async function route(store: TraceStore, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = request.url?.split('?', 1)[0] ?? '/';
  if (request.method === 'POST' && path === '/v1/traces') return receive(store, request, response);
  const [, id] = /^\/(?:api\/)?traces\/([0-9a-f]{32})$/.exec(path) ?? [];
  if (id !== undefined && path.startsWith('/api/'))
    return sendJson(response, 200, { traceId: id, spans: store.find(id) });
  if (id !== undefined) return sendText(response, 200, tracePage(id, store.find(id)), HTML);
  if (path === '/') return sendText(response, 200, listPage(store.latest(100)), HTML);
  sendJson(response, 404, { error: 'not found' });
}

async function receive(store: TraceStore, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    store.add(spansOf(await readBody(request, MAX_EXPORT_BYTES)));
    sendJson(response, 200, { partialSuccess: {} });
  } catch (error) {
    if (!isSchoolError(error)) throw error;
    sendJson(response, error.code === 'LIMIT_EXCEEDED' ? 413 : 400, { message: error.message });
  }
}
