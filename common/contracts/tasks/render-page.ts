import { z } from 'zod';

import { defineTask } from '../define-task';
import { documentSchema, storedImageSchema } from '../documents';
import { pageTextSchema } from '../page-text';

/**
 * Makes a page's preview and thumbnail and reads the text the document itself carries. `text` is null when it carries
 * none; then `scan` is the image to be read. Images are stored under `keyPrefix` (`preview`, `thumbnail`, `scan`).
 */
export const renderPage = defineTask({
  name: 'render-page',
  queue: 'notes',
  owner: 'notes',
  payload: z.object({
    importId: z.uuid(),
    pageId: z.uuid(),
    number: z.int().positive(),
    document: documentSchema,
    keyPrefix: z.string(),
  }),
  result: z.object({
    preview: storedImageSchema,
    thumbnail: storedImageSchema,
    text: pageTextSchema.nullable(),
    scan: storedImageSchema.nullable(),
  }),
  attempts: 4,
  timeoutMs: 60_000,
});
