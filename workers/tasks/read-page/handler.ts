import { readPage } from '@terakoya/common/contracts';
import { type TaskImplementation, implementTask } from '@terakoya/common/queue';

import type { OcrWorkerEvents } from '../../ocr-worker/events';
import { withFallback } from '../with-fallback';
import type { PageReader } from './page-reader';

export interface ReadPageNeeds {
  readonly local: PageReader;
  /** The vendor's way, when it is chosen. */
  readonly vendor: PageReader | undefined;
  readonly events: OcrWorkerEvents;
}

/** Reads a page's image; `engine` of the text says what read it. */
export function createReadPage({ local, vendor, events }: ReadPageNeeds): TaskImplementation {
  return implementTask(readPage, async ({ pageId, importId, image, languages }, run) => {
    const locally = () => local.read(image, languages, run.signal);
    const text = vendor
      ? await withFallback({
          contract: readPage,
          run,
          paid: () => vendor.read(image, languages, run.signal),
          local: locally,
          onFallback: (reason) => events.fellBack(pageId, reason),
        })
      : await locally();
    events.pageRead(pageId, importId, text);
    return { text };
  });
}
