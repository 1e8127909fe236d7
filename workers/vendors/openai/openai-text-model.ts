import OpenAI, { APIConnectionError, APIError } from 'openai';
import { z } from 'zod';

import type { Secret } from '@terakoya/common/config';
import { RateLimitedError, SchoolError, UnavailableError } from '@terakoya/common/errors';

import { type Budget, NotCharged } from '../../ai-proxy/budget/budget';
import type { SummaryResult, TextModel } from '../text-model';

/** US dollars per million tokens, from the vendor's price list (platform.openai.com/docs/pricing, read 2025-11). */
const PRICES: Readonly<Record<string, { readonly input: number; readonly output: number }>> = {
  'gpt-4.1-mini': { input: 0.4, output: 1.6 },
  'gpt-4.1-nano': { input: 0.1, output: 0.4 },
  'gpt-4o-mini': { input: 0.15, output: 0.6 },
};

const MOST_OUTPUT_TOKENS = 2_000;
const TIMEOUT_MS = 45_000;
const TRIES_WHEN_MALFORMED = 2;

const answerSchema = z.object({
  language: z.enum(['ja', 'en']),
  short: z.string(),
  medium: z.string(),
  long: z.string(),
  keywords: z.array(z.object({ term: z.string(), weight: z.number().min(0).max(1) })),
});

const INSTRUCTION =
  "You summarise a pupil's notebook in its own language, truthfully and without adding anything. " +
  'Give summaries of at most 50, 200 and 500 characters, and up to 12 key words with weights from 0 to 1, heaviest first.';

export interface OpenAiOptions {
  readonly apiKey: Secret;
  readonly model: string;
  readonly baseUrl?: string;
  readonly budget: Budget;
}

/** Summaries by a model of OpenAI, each call paid from the budget. */
export function createOpenAiTextModel({ apiKey, model, baseUrl, budget }: OpenAiOptions): TextModel {
  const price = PRICES[model];
  if (!price)
    throw new SchoolError(
      'BAD_USER_INPUT',
      `The price of the model ${model} is not known: choose one of ${Object.keys(PRICES).join(', ')}.`,
    );
  const client = new OpenAI({ apiKey: apiKey.reveal(), baseURL: baseUrl ?? null, maxRetries: 0, timeout: TIMEOUT_MS });

  const askOnce = (text: string, signal: AbortSignal): Promise<SummaryResult | null> => {
    // A token is at least one byte, so bytes are a bound that no text passes.
    const worst = Buffer.byteLength(INSTRUCTION + text) * price.input + MOST_OUTPUT_TOKENS * price.output;
    return budget.spend({ vendor: 'openai', model, worstCaseMicroUsd: Math.ceil(worst) }, async () => {
      const completion = await client.chat.completions
        .create(
          {
            model,
            max_completion_tokens: MOST_OUTPUT_TOKENS,
            messages: [
              { role: 'system', content: INSTRUCTION },
              { role: 'user', content: text },
            ],
            response_format: {
              type: 'json_schema',
              json_schema: { name: 'summary', strict: true, schema: z.toJSONSchema(answerSchema) },
            },
          },
          { signal },
        )
        .catch(notCharged);
      const { prompt_tokens: input = 0, completion_tokens: output = 0 } = completion.usage ?? {};
      const value = parse(completion.choices[0]?.message.content ?? '', model);
      return { value, costMicroUsd: input * price.input + output * price.output };
    });
  };

  return {
    async summarise(pages, signal) {
      const text = pages.map((page) => page.text).join('\n\n');
      for (let attempt = 1; attempt <= TRIES_WHEN_MALFORMED; attempt += 1) {
        const summary = await askOnce(text, signal);
        if (summary) return summary;
      }
      throw new UnavailableError('The vendor gave an answer that cannot be read, twice.');
    },
  };
}

/** Null for an answer that is not as asked. */
function parse(content: string, model: string): SummaryResult | null {
  try {
    const { language, short, medium, long, keywords } = answerSchema.parse(JSON.parse(content));
    return { language, engine: `openai:${model}`, summaries: { short, medium, long }, keywords: keywords.slice(0, 12) };
  } catch {
    return null;
  }
}

/** A refusal or a broken connection costs nothing; the key and the text stay out of the message. */
function notCharged(error: unknown): never {
  if (error instanceof APIConnectionError)
    throw new NotCharged(new UnavailableError('OpenAI cannot be reached.', error));
  if (!(error instanceof APIError)) throw error;
  const status = Number(error.status);
  if (status === 429) throw new NotCharged(new RateLimitedError(Number(error.headers?.get('retry-after') ?? 5)));
  if (status >= 500) throw new NotCharged(new UnavailableError(`OpenAI answered ${status}.`));
  throw new NotCharged(new SchoolError('BAD_USER_INPUT', `OpenAI refused the request with status ${status}.`));
}
