import { z } from 'zod';

import { authShape } from '@terakoya/common/auth';
import { type ConfigOf, defineConfig, secret, serviceShape, url } from '@terakoya/common/config';
import { databaseShape } from '@terakoya/common/database';
import { redisShape } from '@terakoya/common/redis';
import { storageShape } from '@terakoya/common/storage';

import { threadsField } from '../worker-shape';

export const aiProxyConfig = defineConfig('ai-proxy', {
  ...serviceShape(4203),
  ...databaseShape,
  ...redisShape,
  ...storageShape,
  IDENTITY_SECRET: authShape.IDENTITY_SECRET,
  WORKER_THREADS: threadsField(),
  AI_ENGINE: z.enum(['local', 'openai']).default('local').describe('What summarises: local costs nothing.'),
  AI_SPEND_LIMIT_USD: z.coerce
    .number()
    .min(0)
    .default(0)
    .describe('What all vendors together may cost in a calendar month (UTC). 0, the default, refuses every paid call.'),
  OPENAI_API_KEY: secret(8).optional().describe('Key of the OpenAI API.'),
  OPENAI_BASE_URL: url('http', 'https').optional().describe('Another endpoint that speaks the OpenAI API.'),
  OPENAI_MODEL: z.string().default('gpt-4.1-mini').describe('Model for summaries; its price must be known.'),
  GOOGLE_APPLICATION_CREDENTIALS: z.string().optional().describe('Path of the key file of a Google service account.'),
  GOOGLE_VISION_URL: url('http', 'https').optional().describe('Another endpoint that speaks the Google Vision API.'),
});

export type AiProxyConfig = ConfigOf<typeof aiProxyConfig>;
