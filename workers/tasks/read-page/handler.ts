import { LIMITS, type PageText, readPage } from '@terakoya/common/contracts';
import { isSchoolError } from '@terakoya/common/errors';
import type { Logger } from '@terakoya/common/logging';
import type { Pool } from '@terakoya/common/pool';
import { type TaskImplementation, implementTask } from '@terakoya/common/queue';
import type { ObjectStorage } from '@terakoya/common/storage';

import type { VendorReader } from '../../ocr-worker/ai-proxy-client';
import type { ReadingTask } from '../../reading/thread';

const THREAD_MS = 120_000;

interface Parts {
  readonly storage: ObjectStorage;
  readonly pool: Pool;
  /** Null when only the local engine reads. */
  readonly vendor: VendorReader | null;
  readonly logger: Logger;
}

/** Reads a page's image: by the vendor where one is configured and may be paid, else by the local engine. */
export function createReadPage({ storage, pool, vendor, logger }: Parts): TaskImplementation {
  return implementTask(readPage, async ({ image, languages }, { signal }) => {
    if (vendor) {
      try {
        return { text: await vendor.read(image, signal) };
      } catch (error) {
        signal.throwIfAborted();
        logger.warn(
          { code: isSchoolError(error) ? error.code : 'unexpected' },
          'the vendor did not read a page; the local engine does',
        );
      }
    }
    const bytes = await storage.getBuffer(image.key, LIMITS.documentBytes);
    const task: ReadingTask = { bytes, languages };
    return { text: await pool.run<PageText>(task, { signal, timeoutMs: THREAD_MS }) };
  });
}
