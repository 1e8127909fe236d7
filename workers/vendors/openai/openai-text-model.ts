import OpenAI from 'openai';

import type { Secret } from '@terakoya/common/config';

import type { Usage } from '../budget';
import type { PaidCalls } from '../paid-calls';
import { type TokenPrice, tokenCost } from '../prices';
import type { NotebookPages, TextModel } from '../text-model';
import { VendorFailure } from '../vendor-failure';
import { openaiFailure } from './openai-failure';
import {
  ANSWER_JSON_SCHEMA,
  INSTRUCTIONS,
  SUMMARY_LENGTHS,
  type SummaryAnswer,
  answerSchema,
  fitSummary,
  pagesMessage,
  tidyKeywords,
} from './summary-prompt';

export interface OpenAiOptions {
  readonly apiKey: Secret;
  readonly baseUrl: string | undefined;
  readonly model: string;
  readonly price: TokenPrice;
  /** Reasoning included. */
  readonly maxOutputTokens: number;
  /** How much of a notebook is sent at most. */
  readonly maxInputCharacters: number;
  readonly reasoningEffort: 'none' | 'minimal' | 'low' | 'medium' | 'high' | undefined;
  readonly paidCalls: PaidCalls;
}

type Request = OpenAI.ChatCompletionCreateParamsNonStreaming;

/** An answer that is no answer of ours is asked for once more. */
const TRIES = 2;
/** What the vendor adds around our messages, in tokens; generous. */
const FRAMING_TOKENS = 500;

/** Summaries by a model of OpenAI, or of whatever speaks its chat completions at `baseUrl`. */
export function createOpenAiTextModel(options: OpenAiOptions): TextModel {
  const client = new OpenAI({
    apiKey: options.apiKey.reveal(),
    baseURL: options.baseUrl ?? null,
    organization: null,
    project: null,
    maxRetries: 0,
    logLevel: 'off',
  });
  return {
    engine: `openai:${options.model}`,
    async summarise(pages, signal) {
      const request = requestFor(pages, options);
      for (let attempt = 1; ; attempt += 1) {
        const answer = parseAnswer(await ask(client, request, options, signal));
        if (answer) return { ...tidied(answer), engine: `openai:${options.model}` };
        if (attempt === TRIES) throw new VendorFailure('openai', 'malformed');
      }
    },
    close: () => Promise.resolve(),
  };
}

function requestFor(pages: NotebookPages, options: OpenAiOptions): Request {
  return {
    model: options.model,
    messages: [
      { role: 'system', content: INSTRUCTIONS },
      { role: 'user', content: pagesMessage(pages, options.maxInputCharacters) },
    ],
    response_format: {
      type: 'json_schema',
      json_schema: { name: 'notebook_summary', strict: true, schema: ANSWER_JSON_SCHEMA },
    },
    max_completion_tokens: options.maxOutputTokens,
    ...(options.reasoningEffort === undefined ? {} : { reasoning_effort: options.reasoningEffort }),
    store: false,
  };
}

/**
 * The most a request can cost: its tokens come from byte pairs, so that there are never more of them than UTF-8 bytes
 * in the request, and the answer is bounded by `max_completion_tokens`.
 */
function worstCost(request: Request, { price, maxOutputTokens }: OpenAiOptions): number {
  return tokenCost(price, Buffer.byteLength(JSON.stringify(request)) + FRAMING_TOKENS, maxOutputTokens);
}

/** The text of one answer; null when the model said nothing or was cut off. */
async function ask(
  client: OpenAI,
  request: Request,
  options: OpenAiOptions,
  signal: AbortSignal,
): Promise<string | null> {
  const call = { vendor: 'openai', model: options.model, worstMicroUsd: worstCost(request, options) };
  return options.paidCalls.make(call, signal, async (bounded) => {
    const completion = await complete(client, request, bounded);
    const choice = completion.choices?.[0];
    const answer = choice?.finish_reason === 'stop' ? choice.message.content : null;
    return { answer, usage: usageOf(completion, call.worstMicroUsd, options.price) };
  });
}

async function complete(client: OpenAI, request: Request, signal: AbortSignal): Promise<OpenAI.ChatCompletion> {
  try {
    return await client.chat.completions.create(request, { signal });
  } catch (error) {
    throw openaiFailure(error);
  }
}

/** Without a usage in the answer the worst case is taken for the cost. */
function usageOf(completion: OpenAI.ChatCompletion, worstMicroUsd: number, price: TokenPrice): Usage {
  const usage = completion.usage;
  if (!usage) return { microUsd: worstMicroUsd, inputTokens: 0, outputTokens: 0, images: 0 };
  const { prompt_tokens: inputTokens, completion_tokens: outputTokens } = usage;
  return { microUsd: tokenCost(price, inputTokens, outputTokens), inputTokens, outputTokens, images: 0 };
}

function parseAnswer(content: string | null): SummaryAnswer | undefined {
  try {
    return answerSchema.parse(JSON.parse(content ?? ''));
  } catch {
    return undefined;
  }
}

function tidied({ language, summaries, keywords }: SummaryAnswer): SummaryAnswer {
  return {
    language,
    summaries: {
      short: fitSummary(summaries.short, SUMMARY_LENGTHS.short),
      medium: fitSummary(summaries.medium, SUMMARY_LENGTHS.medium),
      long: fitSummary(summaries.long, SUMMARY_LENGTHS.long),
    },
    keywords: tidyKeywords(keywords),
  };
}
