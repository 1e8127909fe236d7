import type { PageText, StoredImage } from '@terakoya/common/contracts';

import type { ReadingLanguages } from '../../vendors/image-reader';

/** Reads the text of an image in the object store: in a thread of this process, or by way of ai-proxy. */
export interface PageReader {
  read(image: StoredImage, languages: ReadingLanguages, signal: AbortSignal): Promise<PageText>;
}
