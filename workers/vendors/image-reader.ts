import type { PageText } from '@terakoya/common/contracts';

/** Something that reads images: a vendor behind the budget. `width` and `height` in pixels. */
export interface ImageReader {
  read(
    image: { readonly bytes: Buffer; readonly width: number; readonly height: number },
    signal: AbortSignal,
  ): Promise<PageText>;
}
