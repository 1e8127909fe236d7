import { createIdentityHeaders } from '@terakoya/common/auth';
import { createHttpHost } from '@terakoya/common/http';
import { type Service, createService } from '@terakoya/common/lifecycle';
import { createLogger } from '@terakoya/common/logging';
import { createTaskWorker } from '@terakoya/common/queue';
import { createStorage } from '@terakoya/common/storage';

import { createRedisReadiness } from '../redis-readiness';
import { createReadPage } from '../tasks/read-page/handler';
import { createAiProxyReader } from './ai-proxy-reader';
import type { OcrWorkerConfig } from './config';
import { createOcrWorkerEvents } from './events';
import { createLocalPageReader } from './local-page-reader';

/** Longer than ai-proxy lets a vendor take, with the wait for its turn. */
const AI_PROXY_MS = 80_000;

/** Reads pages: jobs of the queue `ocr`, in threads or by way of ai-proxy. */
export function createOcrWorker(config: OcrWorkerConfig): Service {
  const logger = createLogger('ocr-worker', config.LOG_LEVEL);
  const events = createOcrWorkerEvents(logger);
  return createService(async (opened) => {
    const storage = opened(createStorage(config));
    const redis = opened(createRedisReadiness(config.REDIS_URL));
    const local = opened(createLocalPageReader({ storage, threads: config.OCR_THREADS }));
    const identityHeaders = createIdentityHeaders(config.IDENTITY_SECRET);
    const vendor =
      config.OCR_ENGINE === 'google-vision'
        ? createAiProxyReader({ url: config.AI_PROXY_URL, identityHeaders, timeoutMs: AI_PROXY_MS })
        : undefined;
    const worker = opened(
      createTaskWorker({
        redisUrl: config.REDIS_URL,
        prefix: config.REDIS_PREFIX,
        tasks: [createReadPage({ local, vendor, events })],
        concurrency: config.OCR_THREADS,
        logger,
      }),
    );
    await worker.start();
    const host = createHttpHost({
      service: 'ocr-worker',
      host: config.HOST,
      port: config.PORT,
      readiness: { storage: () => storage.ready(), redis: () => redis.ready() },
    });
    return opened(host).start();
  });
}
