import { z } from 'zod';

import { defineEvent } from '../define-event';

/** A notebook's summary and key words were made or renewed. */
export const summaryReady = defineEvent(
  'assistant.summary.ready',
  z.object({ notebookId: z.uuid(), ownerId: z.uuid() }),
);
