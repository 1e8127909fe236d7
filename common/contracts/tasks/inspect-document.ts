import { z } from 'zod';

import { defineTask } from '../define-task';
import { documentSchema } from '../documents';

/** Checks that a document can be imported and tells its pages; sizes in points (1/72 inch). */
export const inspectDocument = defineTask({
  name: 'inspect-document',
  queue: 'notes',
  owner: 'notes',
  payload: z.object({ importId: z.uuid(), document: documentSchema }),
  result: z.object({
    pages: z.array(
      z.object({ number: z.int().positive(), width: z.number().positive(), height: z.number().positive() }),
    ),
  }),
  attempts: 4,
  timeoutMs: 60_000,
});
