import { z } from 'zod';

import { authShape } from '@terakoya/common/auth';
import { type ConfigOf, defineConfig, serviceShape, url } from '@terakoya/common/config';
import { redisShape } from '@terakoya/common/redis';
import { storageShape } from '@terakoya/common/storage';

export const ocrWorkerConfig = defineConfig('ocr-worker', {
  ...serviceShape(4202),
  ...redisShape,
  ...storageShape,
  IDENTITY_SECRET: authShape.IDENTITY_SECRET,
  OCR_ENGINE: z
    .enum(['tesseract', 'google-vision'])
    .default('tesseract')
    .describe('What reads pages: tesseract (local, free) or google-vision (paid, by way of ai-proxy).'),
  OCR_THREADS: z.coerce
    .number()
    .int()
    .min(1)
    .max(64)
    .default(1)
    .describe('Threads that read pages in one ocr-worker; each keeps its own engine of about 200 MB.'),
  AI_PROXY_URL: url('http', 'https').default('http://127.0.0.1:4203').describe('Where ocr-worker reaches ai-proxy.'),
});

export type OcrWorkerConfig = ConfigOf<typeof ocrWorkerConfig>;
