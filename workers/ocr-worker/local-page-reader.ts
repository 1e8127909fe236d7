import { join } from 'node:path';

import { LIMITS, type PageText } from '@terakoya/common/contracts';
import { type Closable, withTimeout } from '@terakoya/common/lifecycle';
import { createPool } from '@terakoya/common/pool';
import type { ObjectStorage } from '@terakoya/common/storage';

import { orAborted } from '../abortable';
import type { ReadingTask } from '../reading/thread';
import type { PageReader } from '../tasks/read-page/page-reader';

const FETCH_MS = 20_000;
/** How long a page may take in its thread. */
const THREAD_MS = 120_000;
/** What this process may grow by while pages are read; an engine takes about 200 MB. */
const MEMORY_MB = 1_536;

/** Reads pages with Tesseract in threads of this process. */
export function createLocalPageReader(options: {
  readonly storage: ObjectStorage;
  readonly threads: number;
}): PageReader & Closable {
  const file = join(__dirname, '..', 'reading', 'thread');
  const pool = createPool({ name: 'reading', file, threads: options.threads, memoryMb: MEMORY_MB });
  return {
    async read(image, languages, signal) {
      const bytes = await withTimeout('Fetching the image', FETCH_MS, () =>
        orAborted(signal, options.storage.getBuffer(image.key, LIMITS.documentBytes)),
      );
      const task: ReadingTask = { bytes, languages };
      return pool.run<PageText>(task, { signal, timeoutMs: THREAD_MS });
    },
    close: () => pool.close(),
  };
}
