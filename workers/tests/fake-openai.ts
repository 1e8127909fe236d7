import { type FakeAnswer, type FakeRequest, type FakeVendor, startFakeVendor } from './fake-vendor';

export const FAKE_OPENAI_KEY = 'sk-test-0123456789abcdef';

/** What the fake model says when nothing else is queued. */
export const FAKE_SUMMARY = {
  language: 'ja',
  summaries: {
    short: '植物は光で養分を作る。',
    medium: '植物は光のエネルギーを使い、水と二酸化炭素から養分を作る。',
    long: '植物は光のエネルギーを使い、水と二酸化炭素から養分と酸素を作る。この働きを光合成という。',
  },
  keywords: [
    { term: '二酸化炭素', weight: 0.6 },
    { term: '光合成', weight: 1 },
  ],
};

export const FAKE_USAGE = { prompt_tokens: 300, completion_tokens: 120, total_tokens: 420 };

/** OpenAI's chat completions over HTTP: bearer key, JSON schema, usage, errors in OpenAI's envelope. */
export function startFakeOpenAi(): Promise<FakeVendor> {
  return startFakeVendor((request) => {
    if (request.headers.authorization !== `Bearer ${FAKE_OPENAI_KEY}`) return openAiError(401, 'invalid_api_key');
    if (request.method !== 'POST' || request.path !== '/v1/chat/completions') return openAiError(404, 'not_found');
    return isWellFormed(request) ? completion(JSON.stringify(FAKE_SUMMARY)) : openAiError(400, 'invalid_request');
  });
}

export function completion(content: string | null, finishReason = 'stop'): FakeAnswer {
  return {
    status: 200,
    body: {
      id: 'chatcmpl-test',
      object: 'chat.completion',
      created: 1_790_000_000,
      model: 'gpt-6-luna',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content, refusal: null },
          logprobs: null,
          finish_reason: finishReason,
        },
      ],
      usage: FAKE_USAGE,
    },
  };
}

export function openAiError(status: number, code: string, headers: Record<string, string> = {}): FakeAnswer {
  return { status, headers, body: { error: { message: `fake: ${code}`, type: code, param: null, code } } };
}

/** What structured outputs ask of a request. */
function isWellFormed({ body }: FakeRequest): boolean {
  const { model, messages, response_format: format, max_completion_tokens: bound } = body as Record<string, never>; // any JSON
  const isAsked = typeof model === 'string' && Array.isArray(messages) && typeof bound === 'number';
  return isAsked && format?.['type'] === 'json_schema' && format?.['json_schema']?.['strict'] === true;
}
