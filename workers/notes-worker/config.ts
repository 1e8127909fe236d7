import { z } from 'zod';

import { type ConfigOf, defineConfig, serviceShape } from '@terakoya/common/config';
import { redisShape } from '@terakoya/common/redis';
import { storageShape } from '@terakoya/common/storage';

export const notesWorkerConfig = defineConfig('notes-worker', {
  ...serviceShape(4201),
  ...redisShape,
  ...storageShape,
  NOTES_THREADS: z.coerce
    .number()
    .int()
    .min(1)
    .max(64)
    .default(2)
    .describe('Threads that inspect and render documents in one notes-worker.'),
  NOTES_CACHE_MB: z.coerce
    .number()
    .int()
    .min(0)
    .max(4096)
    .default(256)
    .describe('Documents kept on disk between their pages, in MB.'),
});

export type NotesWorkerConfig = ConfigOf<typeof notesWorkerConfig>;
