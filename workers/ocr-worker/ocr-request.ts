import { z } from 'zod';

import { readPage } from '@terakoya/common/contracts';

/** What ocr-worker asks of ai-proxy: the image by its storage key, so that its bytes travel once. */
export const ocrRequestSchema = z.object({
  key: readPage.payload.shape.image.shape.key,
  languages: readPage.payload.shape.languages,
});

export const OCR_PATH = '/v1/ocr';

/** Who may ask, as the identity header names the caller. */
export const OCR_CALLER = 'ocr-worker';

/** How a failure is told. */
export const ocrFailureSchema = z.object({
  error: z.object({ code: z.string(), message: z.string() }),
});
