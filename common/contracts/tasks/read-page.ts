import { z } from 'zod';

import { defineTask } from '../define-task';
import { storedImageSchema } from '../documents';
import { pageTextSchema } from '../page-text';

/** Reads the text of a page's image (OCR). Languages are ISO 639-3, such as `jpn` and `eng`. */
export const readPage = defineTask({
  name: 'read-page',
  queue: 'ocr',
  owner: 'notes',
  payload: z.object({
    importId: z.uuid(),
    pageId: z.uuid(),
    image: storedImageSchema,
    languages: z.array(z.enum(['jpn', 'eng'])).min(1),
  }),
  result: z.object({ text: pageTextSchema }),
  attempts: 4,
  timeoutMs: 180_000,
});
