import { createHttpHost } from '@terakoya/common/http';
import { type Service, createService } from '@terakoya/common/lifecycle';
import { createLogger } from '@terakoya/common/logging';
import { createTaskWorker } from '@terakoya/common/queue';
import { createStorage } from '@terakoya/common/storage';

import { createRedisReadiness } from '../redis-readiness';
import { createInspectDocument } from '../tasks/inspect-document/handler';
import { createRenderPage } from '../tasks/render-page/handler';
import type { NotesWorkerConfig } from './config';
import { createDocumentCache } from './document-cache';
import { createDocumentThreads } from './document-threads';
import { createNotesWorkerEvents } from './events';

/** A job more than threads is under way, so that the next page's bytes are there when a thread becomes free. */
const JOBS_AHEAD = 1;

/** Inspects documents and renders their pages: jobs of the queue `notes`, CPU work in threads. */
export function createNotesWorker(config: NotesWorkerConfig): Service {
  const logger = createLogger('notes-worker', config.LOG_LEVEL);
  const events = createNotesWorkerEvents(logger);
  return createService(async (opened) => {
    const storage = opened(createStorage(config));
    const redis = opened(createRedisReadiness(config.REDIS_URL));
    const threads = opened(createDocumentThreads({ threads: config.NOTES_THREADS }));
    const documents = opened(await createDocumentCache(storage, config.NOTES_CACHE_MB * 1024 * 1024));
    const worker = opened(
      createTaskWorker({
        redisUrl: config.REDIS_URL,
        prefix: config.REDIS_PREFIX,
        tasks: [
          createInspectDocument({ documents, threads, events }),
          createRenderPage({ documents, threads, storage, events }),
        ],
        concurrency: config.NOTES_THREADS + JOBS_AHEAD,
        logger,
      }),
    );
    await worker.start();
    const host = createHttpHost({
      service: 'notes-worker',
      host: config.HOST,
      port: config.PORT,
      readiness: { storage: () => storage.ready(), redis: () => redis.ready() },
    });
    return opened(host).start();
  });
}
