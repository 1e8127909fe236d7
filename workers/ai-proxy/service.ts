import { createIdentityHeaders } from '@terakoya/common/auth';
import { createDatabase } from '@terakoya/common/database';
import { createHttpHost } from '@terakoya/common/http';
import { type Service, createService } from '@terakoya/common/lifecycle';
import { createLogger } from '@terakoya/common/logging';
import { createTaskWorker } from '@terakoya/common/queue';
import { createStorage } from '@terakoya/common/storage';

import { OCR_PATH } from '../ocr-worker/ocr-request';
import { createRedisReadiness } from '../redis-readiness';
import { createSummariseNotebook } from '../tasks/summarise-notebook/handler';
import { createBudget } from './budget/budget';
import type { AiProxyConfig } from './config';
import { createAiProxyEvents, watchBudget } from './events';
import { createLocalTextModel } from './local-text-model';
import { migrations } from './migrations';
import { createOcrRoute } from './ocr-route';
import { createVendorModel, createVendorReader } from './vendors';

/**
 * The only place that calls OpenAI and Google Vision: summarises notebooks (queue `ai`) and reads images for
 * ocr-worker, within the spend limit.
 */
export function createAiProxy(config: AiProxyConfig): Service {
  const logger = createLogger('ai-proxy', config.LOG_LEVEL);
  const events = createAiProxyEvents(logger);
  const limitUsd = config.AI_SPEND_LIMIT_USD;
  return createService(async (opened) => {
    const database = opened(
      createDatabase({
        url: config.DATABASE_URL,
        schema: 'ai_proxy',
        entities: [],
        migrations,
        poolSize: config.DATABASE_POOL_SIZE,
      }),
    );
    await database.start();
    const storage = opened(createStorage(config));
    const redis = opened(createRedisReadiness(config.REDIS_URL));
    const budget = createBudget({ database, limitUsd, events });
    watchBudget(limitUsd, () => budget.left());
    const local = opened(createLocalTextModel({ threads: config.AI_THREADS }));
    const model = createVendorModel(config, budget);
    const reader = createVendorReader(config, budget);
    for (const vendor of [model, reader]) if (vendor) opened(vendor);
    const worker = opened(
      createTaskWorker({
        redisUrl: config.REDIS_URL,
        prefix: config.REDIS_PREFIX,
        tasks: [createSummariseNotebook({ local, vendor: model, events })],
        concurrency: config.AI_THREADS + (model ? config.AI_CALLS_AT_ONCE : 0),
        logger,
      }),
    );
    await worker.start();
    const host = createHttpHost({
      service: 'ai-proxy',
      host: config.HOST,
      port: config.PORT,
      routes: [OCR_PATH],
      readiness: { database: () => database.ready(), storage: () => storage.ready(), redis: () => redis.ready() },
      handle: createOcrRoute({
        identityHeaders: createIdentityHeaders(config.IDENTITY_SECRET),
        storage,
        reader,
        limitUsd,
        events,
        onDefect: (error) => logger.error({ err: error }, 'an image could not be read'),
      }),
    });
    return opened(host).start();
  });
}
