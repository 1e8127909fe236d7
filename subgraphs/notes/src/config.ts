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
});

export type NotesConfig = ConfigOf<typeof notesConfig>;
