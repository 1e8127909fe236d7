/** A small service with the preload, for tests: each of its paths does what one test wants to see telemetry of. */
import { setTimeout as delay } from 'node:timers/promises';

import { UnavailableError } from '@terakoya/common/errors';
import { createHttpHost, sendJson } from '@terakoya/common/http';
import { runService } from '@terakoya/common/lifecycle';
import { createLogger } from '@terakoya/common/logging';
import { activeTraceIds, histogram, setSpanAttributes, withSpan } from '@terakoya/common/telemetry';

import { logSecrets } from './secrets';

const SLOW_MS = 1_500;
let address = '';
const logger = createLogger('traced', 'info');
const observed = histogram('terakoya_traced_seconds', 'Of the program of a test.', ['path']);

const PATHS: Readonly<Record<string, () => Promise<void>>> = {
  '/fast': async () => undefined,
  '/slow': async () => {
    await withSpan('part', { kind: 'client', attributes: { 'terakoya.subgraph': 'notes' } }, () => delay(SLOW_MS));
    observed.observe({ path: '/slow' }, SLOW_MS / 1000);
  },
  '/asking': async () => {
    await fetch(`${address}/slow`).then((response) => response.text());
  },
  '/failing': async () => {
    const failed = withSpan('part', {}, () => Promise.reject(new UnavailableError('notes cannot be reached.')));
    await failed.catch(() => undefined);
  },
  '/broken': () => Promise.reject(new TypeError('what a pupil wrote')),
  '/secrets': async () => {
    logSecrets(logger);
    const failed = withSpan('part', {}, () => Promise.reject(new Error('postgres://school:hunter2@db/terakoya')));
    await failed.catch((error: unknown) => logger.error({ err: error }, 'a part failed'));
  },
};

runService('traced', () => {
  const host = createHttpHost({
    service: 'traced',
    host: '127.0.0.1',
    port: 0,
    routes: Object.keys(PATHS),
    handle: async (request, response) => {
      setSpanAttributes({ 'terakoya.kind': 'test' });
      logger.info({ path: request.url }, 'asked');
      const ids = activeTraceIds();
      await PATHS[request.url ?? '']?.();
      sendJson(response, 200, ids);
    },
  });
  return {
    start: async () => {
      const { port } = await host.start();
      address = `http://127.0.0.1:${port}`;
      return { port };
    },
    close: () => host.close(),
  };
});
