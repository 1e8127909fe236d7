import { createRequire } from 'node:module';

import { ConfigurationError } from '@terakoya/common/errors';

import type { Budget } from '../vendors/budget';
import type { ImageReader } from '../vendors/image-reader';
import { type PaidCalls, createPaidCalls } from '../vendors/paid-calls';
import { OPENAI_PRICES, type TokenPrice } from '../vendors/prices';
import { createRateLimiter } from '../vendors/rate-limiter';
import type { TextModel } from '../vendors/text-model';
import type { AiProxyConfig } from './config';

/** The vendors' packages take 80 MB and half a second: they are loaded only where a vendor is configured. */
const load = createRequire(__filename);

/** How long a call may wait for its turn; a job has a minute for everything. */
const PATIENCE_MS = 20_000;

/** OpenAI's model when AI_ENGINE says so; throws ConfigurationError without a key or a price. */
export function createVendorModel(config: AiProxyConfig, budget: Budget): TextModel | undefined {
  if (config.AI_ENGINE !== 'openai') return undefined;
  if (!config.OPENAI_API_KEY)
    throw new ConfigurationError('ai-proxy: AI_ENGINE is openai, but OPENAI_API_KEY is not set. See .env.example.');
  const adapter = load('../vendors/openai/openai-text-model') as typeof import('../vendors/openai/openai-text-model'); // require has no types
  return adapter.createOpenAiTextModel({
    apiKey: config.OPENAI_API_KEY,
    baseUrl: config.OPENAI_BASE_URL,
    model: config.OPENAI_MODEL,
    price: priceOf(config),
    maxOutputTokens: config.OPENAI_MAX_OUTPUT_TOKENS,
    maxInputCharacters: config.OPENAI_MAX_INPUT_CHARACTERS,
    reasoningEffort: config.OPENAI_REASONING_EFFORT,
    paidCalls: paidCallsOf(config, budget),
  });
}

/** Google Vision when there are credentials; throws ConfigurationError when they cannot be read. */
export function createVendorReader(config: AiProxyConfig, budget: Budget): ImageReader | undefined {
  const credentialsFile = config.GOOGLE_APPLICATION_CREDENTIALS;
  if (credentialsFile === undefined) return undefined;
  const adapter = load(
    '../vendors/google-vision/vision-image-reader',
  ) as typeof import('../vendors/google-vision/vision-image-reader'); // require has no types
  return adapter.createVisionImageReader({
    credentialsFile,
    baseUrl: config.GOOGLE_VISION_URL,
    timeoutMs: config.AI_CALL_TIMEOUT_SECONDS * 1000,
    paidCalls: paidCallsOf(config, budget),
  });
}

/** Each vendor has a limiter of its own; all share the budget. */
function paidCallsOf(config: AiProxyConfig, budget: Budget): PaidCalls {
  const limiter = createRateLimiter({
    concurrency: config.AI_CALLS_AT_ONCE,
    perWindow: config.AI_CALLS_PER_MINUTE,
    patienceMs: PATIENCE_MS,
  });
  return createPaidCalls({ budget, limiter, timeoutMs: config.AI_CALL_TIMEOUT_SECONDS * 1000 });
}

function priceOf(config: AiProxyConfig): TokenPrice {
  const { OPENAI_INPUT_PRICE: input, OPENAI_OUTPUT_PRICE: output, OPENAI_MODEL: model } = config;
  if (input !== undefined && output !== undefined) {
    return { input: Math.ceil(input * 1_000_000), output: Math.ceil(output * 1_000_000) };
  }
  const known = OPENAI_PRICES[model];
  if (known) return known;
  throw new ConfigurationError(
    `ai-proxy: there is no price of OPENAI_MODEL ${model}: set OPENAI_INPUT_PRICE and OPENAI_OUTPUT_PRICE, or one of ${Object.keys(OPENAI_PRICES).join(', ')}.`,
  );
}
