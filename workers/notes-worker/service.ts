import { join } from 'node:path';

import type { Service } from '@terakoya/common/lifecycle';
import { createLogger } from '@terakoya/common/logging';
import { createPool } from '@terakoya/common/pool';
import { createStorage } from '@terakoya/common/storage';

import { createInspectDocument } from '../tasks/inspect-document/handler';
import { createRenderPage } from '../tasks/render-page/handler';
import { createWorkerHost } from '../worker-host';
import type { NotesWorkerConfig } from './config';
import { createDocumentCache } from './document-cache';

/** How much the process may grow while documents are inspected and rendered. */
const MEMORY_MB = 1_024;

/** Turns imported documents into pages: images and the text they carry. */
export function createNotesWorker(config: NotesWorkerConfig): Service {
  const logger = createLogger('notes-worker', config.LOG_LEVEL);
  const threads = config.WORKER_THREADS;
  return createWorkerHost({
    service: 'notes-worker',
    config,
    concurrency: threads + 1, // one fetches and stores while the threads compute
    logger,
    open: async (opened) => {
      const storage = opened(createStorage(config));
      const documents = opened(await createDocumentCache(storage));
      const file = join(__dirname, '..', 'documents', 'thread');
      const pool = opened(createPool({ name: 'documents', file, threads, memoryMb: MEMORY_MB }));
      const parts = { storage, documents, pool };
      return {
        tasks: [createInspectDocument(parts), createRenderPage(parts)],
        readiness: { storage: () => storage.ready() },
      };
    },
  });
}
