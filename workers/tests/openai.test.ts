import { Secret } from '@terakoya/common/config';

import { OPENAI_PRICES, tokenCost } from '../vendors/prices';
import { type OpenAiOptions, createOpenAiTextModel } from '../vendors/openai/openai-text-model';
import { FAKE_OPENAI_KEY, FAKE_SUMMARY, FAKE_USAGE, completion, openAiError, startFakeOpenAi } from './fake-openai';
import { type FakeVendor, deadAddress } from './fake-vendor';
import { createTestCalls } from './test-calls';

const price = OPENAI_PRICES['gpt-6-luna'] ?? { input: 0, output: 0 };
const pages = [{ number: 1, text: '植物は光合成をする。' }];
const anySignal = (): AbortSignal => AbortSignal.timeout(10_000);

let vendor: FakeVendor;
beforeEach(async () => {
  vendor = await startFakeOpenAi();
});
afterEach(() => vendor.close());

function modelWith(calls = createTestCalls(), options: Partial<OpenAiOptions> = {}) {
  const model = createOpenAiTextModel({
    apiKey: new Secret(FAKE_OPENAI_KEY),
    baseUrl: `${vendor.url}/v1`,
    model: 'gpt-6-luna',
    price,
    maxOutputTokens: 4_000,
    maxInputCharacters: 60_000,
    reasoningEffort: 'low',
    paidCalls: calls.paidCalls,
    ...options,
  });
  return { model, records: calls.records };
}

it('asks for structured output and gives the parsed summary with its real cost', async () => {
  const { model, records } = modelWith();
  const summary = await model.summarise(pages, anySignal());
  expect(summary).toEqual({
    language: 'ja',
    engine: 'openai:gpt-6-luna',
    summaries: FAKE_SUMMARY.summaries,
    keywords: [
      { term: '光合成', weight: 1 },
      { term: '二酸化炭素', weight: 0.6 },
    ],
  });
  expect(records).toHaveLength(1);
  expect(records[0]).toMatchObject({
    end: 'settled',
    usage: { microUsd: tokenCost(price, FAKE_USAGE.prompt_tokens, FAKE_USAGE.completion_tokens), inputTokens: 300 },
  });
  expect(vendor.requests[0]?.body).toMatchObject({
    reasoning_effort: 'low',
    store: false,
    max_completion_tokens: 4_000,
  });
});

it('reserves at least what the request can cost', async () => {
  const { model, records } = modelWith();
  await model.summarise([{ number: 1, text: '光'.repeat(10_000) }], anySignal());
  expect(records[0]?.worstMicroUsd).toBeGreaterThanOrEqual(tokenCost(price, 30_000, 4_000));
});

it('opens no connection when the budget refuses', async () => {
  const { model } = modelWith(createTestCalls({ limitUsd: 0 }));
  await expect(model.summarise(pages, anySignal())).rejects.toMatchObject({ code: 'SPEND_LIMIT_REACHED' });
  expect(vendor.connections()).toBe(0);
});

it('asks once more after a malformed answer and pays for both', async () => {
  vendor.next(completion('{"language":"fr"}'));
  const { model, records } = modelWith();
  await expect(model.summarise(pages, anySignal())).resolves.toMatchObject({ language: 'ja' });
  expect(records.map(({ end }) => end)).toEqual(['settled', 'settled']);
});

it.each([
  ['no JSON', completion('I cannot')],
  ['nothing', completion(null)],
  ['an answer that was cut off', completion(JSON.stringify(FAKE_SUMMARY), 'length')],
  ['no choices', { status: 200, body: { id: 'x', object: 'chat.completion', choices: [] } } as const],
])('gives up after two answers with %s', async (_name, answer) => {
  vendor.next(answer, answer);
  const { model } = modelWith();
  await expect(model.summarise(pages, anySignal())).rejects.toMatchObject({ kind: 'malformed' });
  expect(vendor.requests).toHaveLength(2);
});

it.each([
  ['429', openAiError(429, 'rate_limit_exceeded', { 'retry-after': '7' }), 'busy', 7, 'released'],
  ['500', openAiError(500, 'server_error'), 'down', undefined, 'released'],
  ['503', openAiError(503, 'overloaded', { 'retry-after': '2' }), 'down', 2, 'released'],
  ['400', openAiError(400, 'invalid_request'), 'refused', undefined, 'released'],
  ['a wrong key', openAiError(401, 'invalid_api_key'), 'refused', undefined, 'released'],
  ['a connection cut in the middle', 'cut', 'lost', undefined, 'lost'],
] as const)('%s is told apart, not tried again here, and billed right', async (_name, answer, kind, wait, end) => {
  vendor.next(answer);
  const { model, records } = modelWith();
  await expect(model.summarise(pages, anySignal())).rejects.toMatchObject({ kind, retryAfterSeconds: wait });
  expect(vendor.requests).toHaveLength(1);
  expect(records.map((record) => record.end)).toEqual([end]);
});

it('frees the money when nobody listens at the address', async () => {
  const { model, records } = modelWith(createTestCalls(), { baseUrl: `${await deadAddress()}/v1` });
  await expect(model.summarise(pages, anySignal())).rejects.toMatchObject({ kind: 'down', code: 'UNAVAILABLE' });
  expect(records[0]?.end).toBe('released');
});

it('ends a slow call by its time limit and counts it as spent', async () => {
  vendor.next('hang');
  const { model, records } = modelWith(createTestCalls({ timeoutMs: 100 }));
  await expect(model.summarise(pages, anySignal())).rejects.toMatchObject({ kind: 'lost', code: 'UNAVAILABLE' });
  expect(records[0]?.end).toBe('lost');
});

it('stops when it is cancelled, with the reason of who cancelled', async () => {
  vendor.next('hang');
  const { model } = modelWith();
  const controller = new AbortController();
  const summary = model.summarise(pages, controller.signal);
  const reason = new Error('cancelled by the user');
  setImmediate(() => controller.abort(reason));
  await expect(summary).rejects.toBe(reason);
});

it('waits as long as the vendor asked, or says that it is too long', async () => {
  vendor.next(openAiError(429, 'rate_limit_exceeded', { 'retry-after': '0.3' }));
  const patient = modelWith();
  await expect(patient.model.summarise(pages, anySignal())).rejects.toMatchObject({ kind: 'busy' });
  const started = Date.now();
  await patient.model.summarise(pages, anySignal());
  expect(Date.now() - started).toBeGreaterThanOrEqual(250);

  vendor.next(openAiError(429, 'rate_limit_exceeded', { 'retry-after': '60' }));
  const impatient = modelWith();
  await expect(impatient.model.summarise(pages, anySignal())).rejects.toMatchObject({ kind: 'busy' });
  const before = vendor.requests.length;
  await expect(impatient.model.summarise(pages, anySignal())).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  expect(vendor.requests).toHaveLength(before);
  expect(impatient.records.map(({ end }) => end)).toEqual(['released', 'released']);
});

it('says nothing of the key or of what the vendor said', async () => {
  vendor.next(openAiError(401, `wrong key ${FAKE_OPENAI_KEY}`));
  const { model } = modelWith();
  const error: unknown = await model.summarise(pages, anySignal()).catch((thrown: unknown) => thrown);
  expect(String(error)).toBe('VendorFailure: openai: the request was refused');
});
