import { z } from 'zod';

import { type ConfigOf, defineConfig, serviceShape } from '@terakoya/common/config';
import { redisShape } from '@terakoya/common/redis';
import { storageShape } from '@terakoya/common/storage';

export const recordingWorkerConfig = defineConfig('recording-worker', {
  ...serviceShape(4304),
  ...redisShape,
  ...storageShape,
  RECORDING_JOBS: z.coerce
    .number()
    .int()
    .min(1)
    .max(64)
    .default(1)
    .describe('Recordings that one recording-worker composes at the same time; each takes all cores it can get.'),
});

export type RecordingWorkerConfig = ConfigOf<typeof recordingWorkerConfig>;
