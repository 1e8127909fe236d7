import { z } from 'zod';

import { defineEvent } from '../define-event';
import { documentSchema } from '../documents';

/** A file's bytes are complete and verified. */
export const fileCompleted = defineEvent(
  'files.file.completed',
  documentSchema.extend({ ownerId: z.uuid(), name: z.string() }),
);

export const fileDeleted = defineEvent('files.file.deleted', z.object({ fileId: z.uuid(), ownerId: z.uuid() }));
