import { join } from 'node:path';

import { createIdentityHeaders } from '@terakoya/common/auth';
import type { Service } from '@terakoya/common/lifecycle';
import { createLogger } from '@terakoya/common/logging';
import { createPool } from '@terakoya/common/pool';
import { createStorage } from '@terakoya/common/storage';

import { createReadPage } from '../tasks/read-page/handler';
import { createWorkerHost } from '../worker-host';
import { createAiProxyClient } from './ai-proxy-client';
import type { OcrWorkerConfig } from './config';

const MEMORY_MB = 1_536;

/** Reads the text of page images. */
export function createOcrWorker(config: OcrWorkerConfig): Service {
  const logger = createLogger('ocr-worker', config.LOG_LEVEL);
  const threads = config.WORKER_THREADS;
  return createWorkerHost({
    service: 'ocr-worker',
    config,
    concurrency: threads,
    logger,
    open: async (opened) => {
      const storage = opened(createStorage(config));
      const file = join(__dirname, '..', 'reading', 'thread');
      const pool = opened(createPool({ name: 'reading', file, threads, memoryMb: MEMORY_MB }));
      const vendor =
        config.OCR_ENGINE === 'google-vision'
          ? createAiProxyClient(config.AI_PROXY_URL, createIdentityHeaders(config.IDENTITY_SECRET))
          : null;
      return {
        tasks: [createReadPage({ storage, pool, vendor, logger })],
        readiness: { storage: () => storage.ready() },
      };
    },
  });
}
