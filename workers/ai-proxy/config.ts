import { z } from 'zod';

import { authShape } from '@terakoya/common/auth';
import { type ConfigOf, defineConfig, secret, serviceShape, url } from '@terakoya/common/config';
import { databaseShape } from '@terakoya/common/database';
import { redisShape } from '@terakoya/common/redis';
import { storageShape } from '@terakoya/common/storage';

const count = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
const usd = (most: number) => z.coerce.number().min(0).max(most);

export const aiProxyConfig = defineConfig('ai-proxy', {
  ...serviceShape(4203),
  ...databaseShape,
  ...redisShape,
  ...storageShape,
  IDENTITY_SECRET: authShape.IDENTITY_SECRET,
  AI_ENGINE: z
    .enum(['local', 'openai'])
    .default('local')
    .describe('What summarises notebooks: local (in a thread, free) or openai (paid).'),
  AI_THREADS: count(1, 64).default(1).describe('Threads of the local engine in one ai-proxy.'),
  AI_SPEND_LIMIT_USD: usd(1_000_000)
    .default(0)
    .describe('Most that vendors may cost in a calendar month (UTC), in USD; 0 refuses every call before it connects.'),
  AI_CALLS_AT_ONCE: count(1, 100).default(4).describe('Most calls to one vendor at the same time, per ai-proxy.'),
  AI_CALLS_PER_MINUTE: count(1, 10_000).default(60).describe('Most calls to one vendor in a minute, per ai-proxy.'),
  AI_CALL_TIMEOUT_SECONDS: count(1, 55).default(25).describe('How long one call to a vendor may take.'),
  OPENAI_API_KEY: secret(8).optional().describe('Key of OpenAI; needed when AI_ENGINE is openai.'),
  OPENAI_BASE_URL: url('http', 'https')
    .optional()
    .describe("Address of whatever speaks OpenAI's chat completions, with /v1; OpenAI's own unless set."),
  OPENAI_MODEL: z.string().default('gpt-6-luna').describe('Model that summarises; it must know structured outputs.'),
  OPENAI_REASONING_EFFORT: z
    .enum(['none', 'minimal', 'low', 'medium', 'high'])
    .optional()
    .describe("How much the model thinks before it answers; the model's own default unless set."),
  OPENAI_INPUT_PRICE: usd(1_000)
    .optional()
    .describe('USD per million input tokens; set both prices for a model that ai-proxy has no price of.'),
  OPENAI_OUTPUT_PRICE: usd(1_000).optional().describe('USD per million output tokens.'),
  OPENAI_MAX_OUTPUT_TOKENS: count(1_000, 32_000)
    .default(8_000)
    .describe(
      'Longest answer in tokens, thinking included; the worst case that is put aside for a call depends on it.',
    ),
  OPENAI_MAX_INPUT_CHARACTERS: count(1_000, 80_000)
    .default(60_000)
    .describe('How much of a notebook is sent at most, in characters.'),
  GOOGLE_APPLICATION_CREDENTIALS: z
    .string()
    .optional()
    .describe('JSON key file of a Google service account that may use Cloud Vision.'),
  GOOGLE_VISION_URL: url('http', 'https')
    .optional()
    .describe('Another address of Cloud Vision, such as https://eu-vision.googleapis.com.'),
});

export type AiProxyConfig = ConfigOf<typeof aiProxyConfig>;
