import { join } from 'node:path';

import { createIdentityHeaders } from '@terakoya/common/auth';
import { createDatabase } from '@terakoya/common/database';
import { ConfigurationError } from '@terakoya/common/errors';
import type { Service } from '@terakoya/common/lifecycle';
import { createLogger } from '@terakoya/common/logging';
import { createPool } from '@terakoya/common/pool';
import { createStorage } from '@terakoya/common/storage';

import { createSummariseNotebook } from '../tasks/summarise-notebook/handler';
import { createVisionImageReader } from '../vendors/google-vision/vision-image-reader';
import { createLocalTextModel } from '../vendors/local-text-model';
import { createOpenAiTextModel } from '../vendors/openai/openai-text-model';
import type { TextModel } from '../vendors/text-model';
import { createWorkerHost } from '../worker-host';
import { type Budget, createBudget } from './budget/budget';
import { Ledger1764000000006 } from './budget/migrations/1764000000006-ledger';
import type { AiProxyConfig } from './config';
import { createOcrRoute } from './ocr-route';

const MEMORY_MB = 512;

/** The only process that knows vendors' keys and may spend money; by default it spends none. */
export function createAiProxy(config: AiProxyConfig): Service {
  const logger = createLogger('ai-proxy', config.LOG_LEVEL);
  const threads = config.WORKER_THREADS;
  return createWorkerHost({
    service: 'ai-proxy',
    config,
    concurrency: threads + 1,
    logger,
    open: async (opened) => {
      const database = opened(
        createDatabase({
          url: config.DATABASE_URL,
          schema: 'ai_proxy',
          entities: [],
          migrations: [Ledger1764000000006],
          poolSize: config.DATABASE_POOL_SIZE,
        }),
      );
      await database.start();
      const budget = createBudget(database, config.AI_SPEND_LIMIT_USD);
      const storage = opened(createStorage(config));
      const file = join(__dirname, '..', 'summarising', 'thread');
      const pool = opened(createPool({ name: 'summarising', file, threads, memoryMb: MEMORY_MB }));
      const { GOOGLE_APPLICATION_CREDENTIALS: credentials, GOOGLE_VISION_URL: baseUrl } = config;
      const reader = credentials ? opened(createVisionImageReader({ credentials, baseUrl, budget })) : null;
      const identityHeaders = createIdentityHeaders(config.IDENTITY_SECRET);
      return {
        tasks: [
          createSummariseNotebook({ local: createLocalTextModel(pool), vendor: vendorOf(config, budget), logger }),
        ],
        readiness: { database: () => database.ready() },
        handle: createOcrRoute({ identityHeaders, storage, reader }),
      };
    },
  });
}

function vendorOf(config: AiProxyConfig, budget: Budget): TextModel | null {
  if (config.AI_ENGINE === 'local') return null;
  if (!config.OPENAI_API_KEY)
    throw new ConfigurationError('ai-proxy: OPENAI_API_KEY is not set, but AI_ENGINE is openai.');
  return createOpenAiTextModel({
    apiKey: config.OPENAI_API_KEY,
    model: config.OPENAI_MODEL,
    baseUrl: config.OPENAI_BASE_URL,
    budget,
  });
}
