import { summariseNotebook } from '@terakoya/common/contracts';
import { isSchoolError } from '@terakoya/common/errors';
import type { Logger } from '@terakoya/common/logging';
import { type TaskImplementation, implementTask } from '@terakoya/common/queue';

import type { TextModel } from '../../vendors/text-model';

interface Parts {
  readonly local: TextModel;
  /** Null when only the local engine summarises. */
  readonly vendor: TextModel | null;
  readonly logger: Logger;
}

/** Summarises by the vendor where one is configured and may be paid, else by the local engine. */
export function createSummariseNotebook({ local, vendor, logger }: Parts): TaskImplementation {
  return implementTask(summariseNotebook, async ({ pages }, { signal }) => {
    if (!vendor) return local.summarise(pages, signal);
    try {
      return await vendor.summarise(pages, signal);
    } catch (error) {
      signal.throwIfAborted();
      logger.warn(
        { code: isSchoolError(error) ? error.code : 'unexpected' },
        'the vendor did not summarise; the local engine does',
      );
      return local.summarise(pages, signal);
    }
  });
}
