import type { PageText, TaskPayload, readPage } from '@terakoya/common/contracts';

export type ReadingLanguages = TaskPayload<typeof readPage>['languages'];

/** Whatever can read the text of a page's image: the local engine, or a vendor's. */
export interface ImageReader {
  /**
   * Text in reading order, words with boxes as fractions of the image and confidence 0..1. A vendor's reader throws
   * SPEND_LIMIT_REACHED before any connection when the budget does not allow the call, otherwise a VendorFailure.
   */
  read(image: Buffer, languages: ReadingLanguages, signal: AbortSignal): Promise<PageText>;
  close(): Promise<void>;
}
