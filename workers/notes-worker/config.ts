import { type ConfigOf, defineConfig, serviceShape } from '@terakoya/common/config';
import { redisShape } from '@terakoya/common/redis';
import { storageShape } from '@terakoya/common/storage';

import { threadsField } from '../worker-shape';

export const notesWorkerConfig = defineConfig('notes-worker', {
  ...serviceShape(4201),
  ...redisShape,
  ...storageShape,
  WORKER_THREADS: threadsField(),
});

export type NotesWorkerConfig = ConfigOf<typeof notesWorkerConfig>;
