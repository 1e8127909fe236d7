import { z } from 'zod';

import { authShape } from '@terakoya/common/auth';
import { type ConfigOf, defineConfig, serviceShape, url } from '@terakoya/common/config';
import { redisShape } from '@terakoya/common/redis';
import { storageShape } from '@terakoya/common/storage';

import { threadsField } from '../worker-shape';

export const ocrWorkerConfig = defineConfig('ocr-worker', {
  ...serviceShape(4202),
  ...redisShape,
  ...storageShape,
  IDENTITY_SECRET: authShape.IDENTITY_SECRET,
  WORKER_THREADS: threadsField(),
  OCR_ENGINE: z
    .enum(['tesseract', 'google-vision'])
    .default('tesseract')
    .describe('What reads images: tesseract costs nothing; google-vision goes through ai-proxy and its spend limit.'),
  AI_PROXY_URL: url('http', 'https').default('http://127.0.0.1:4203').describe('Where ai-proxy is.'),
});

export type OcrWorkerConfig = ConfigOf<typeof ocrWorkerConfig>;
