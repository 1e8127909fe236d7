import { z } from 'zod';

import { authShape } from '@terakoya/common/auth';
import { type ConfigOf, defineConfig, serviceShape } from '@terakoya/common/config';
import { databaseShape } from '@terakoya/common/database';
import { redisShape } from '@terakoya/common/redis';
import { storageShape } from '@terakoya/common/storage';

export const notesConfig = defineConfig('notes', {
  ...serviceShape(4104),
  ...databaseShape,
  ...redisShape,
  ...storageShape,
  IDENTITY_SECRET: authShape.IDENTITY_SECRET,
  IMPORT_FILE_WAIT_SECONDS: z.coerce
    .number()
    .min(0.1)
    .max(600)
    .default(15)
    .describe('How long an import waits to hear that its file was completely uploaded before it fails.'),
});

export type NotesConfig = ConfigOf<typeof notesConfig>;
