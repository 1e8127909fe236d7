import { z } from 'zod';

import { defineTask } from '../define-task';

/**
 * Summarises a notebook at three lengths (at most 50, 200 and 500 characters) and finds its key words (weight 0..1,
 * heaviest first). `revision` tells which state of the notebook was summarised.
 */
export const summariseNotebook = defineTask({
  name: 'summarise-notebook',
  queue: 'ai',
  owner: 'assistant',
  payload: z.object({
    notebookId: z.uuid(),
    revision: z.int().positive(),
    pages: z.array(z.object({ number: z.int().positive(), text: z.string() })),
  }),
  result: z.object({
    language: z.enum(['ja', 'en']),
    engine: z.string(),
    summaries: z.object({ short: z.string(), medium: z.string(), long: z.string() }),
    keywords: z.array(z.object({ term: z.string(), weight: z.number().min(0).max(1) })),
  }),
  attempts: 4,
  timeoutMs: 60_000,
});
