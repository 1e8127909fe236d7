import { randomUUID } from 'node:crypto';

import { IDENTITY_HEADER, createIdentityHeaders } from '@terakoya/common/auth';
import { Secret } from '@terakoya/common/config';
import { summariseNotebook } from '@terakoya/common/contracts';
import type { Service } from '@terakoya/common/lifecycle';
import { createStorage } from '@terakoya/common/storage';
import { testIdentity, testRoleUrl } from '@terakoya/common/testkit';

import { aiProxyConfig } from '../ai-proxy/config';
import { createAiProxy } from '../ai-proxy/service';
import { createAiProxyReader } from '../ocr-worker/ai-proxy-reader';
import { FAKE_OPENAI_KEY, FAKE_SUMMARY, openAiError, startFakeOpenAi } from './fake-openai';
import type { FakeVendor } from './fake-vendor';
import { annotated, startFakeVision, visionError, writeFakeCredentials } from './fake-vision';
import { type JobOwner, startJobOwner } from './job-owner';
import { type WorkerEnvironment, createWorkerEnvironment } from './worker-environment';

const TEXT = [
  '植物は光のエネルギーを使って、水と二酸化炭素から養分を作る。この働きを光合成という。',
  '光合成は葉の葉緑体で行われ、酸素が外に出る。夜は光がないので光合成は行われない。',
].join('\n');

let environment: WorkerEnvironment;
let openai: FakeVendor;
let vision: FakeVendor;
let credentials: string;
let assistant: JobOwner;
let service: Service | undefined;

beforeAll(async () => {
  environment = await createWorkerEnvironment();
  credentials = writeFakeCredentials(environment.folder);
  assistant = await startJobOwner('assistant', environment.database.url, environment.connection);
});
afterAll(async () => {
  await assistant.close();
  await environment.remove();
});
beforeEach(async () => {
  [openai, vision] = await Promise.all([startFakeOpenAi(), startFakeVision()]);
});
afterEach(async () => {
  await service?.close();
  await Promise.all([openai.close(), vision.close()]);
});

function configOf(variables: Record<string, string> = {}) {
  return aiProxyConfig.read({
    ...environment.variables,
    DATABASE_URL: testRoleUrl(environment.database.url, 'ai_proxy'),
    ...variables,
  });
}

async function start(variables: Record<string, string> = {}): Promise<string> {
  service = createAiProxy(configOf(variables));
  const { port } = await service.start();
  return `http://127.0.0.1:${port}`;
}

const paid = (limitUsd: string): Record<string, string> => ({
  AI_ENGINE: 'openai',
  AI_SPEND_LIMIT_USD: limitUsd,
  OPENAI_API_KEY: FAKE_OPENAI_KEY,
  OPENAI_BASE_URL: `${openai.url}/v1`,
  GOOGLE_APPLICATION_CREDENTIALS: credentials,
  GOOGLE_VISION_URL: vision.url,
});

const summarise = (text = TEXT) => {
  const notebookId = randomUUID();
  return assistant.run(summariseNotebook, notebookId, { notebookId, revision: 1, pages: [{ number: 1, text }] });
};

const reader = (url: string, secret: string = testIdentity.secret) =>
  createAiProxyReader({ url, identityHeaders: createIdentityHeaders(new Secret(secret)), timeoutMs: 10_000 });

async function storedImage() {
  const storage = createStorage(configOf());
  const key = `scans/${randomUUID()}`;
  await storage.put(key, Buffer.from('an image, as far as the fake knows'), 'image/png');
  await storage.close();
  return { key, contentType: 'image/png', width: 10, height: 10, size: 34 };
}
const signal = (): AbortSignal => AbortSignal.timeout(10_000);

it('summarises with the local engine by default, and connects to nobody', async () => {
  await start();
  const outcome = await summarise();
  expect(outcome).toMatchObject({ status: 'succeeded', result: { language: 'ja', engine: 'local' } });
  if (outcome.status === 'succeeded') expect(outcome.result.summaries.short).not.toBe('');
});

it('with OpenAI chosen but a limit of 0: refused before any connection, done locally', async () => {
  const url = await start(paid('0'));
  await expect(summarise()).resolves.toMatchObject({ status: 'succeeded', result: { engine: 'local' } });
  await expect(reader(url).read(await storedImage(), ['jpn'], signal())).rejects.toMatchObject({
    code: 'SPEND_LIMIT_REACHED',
  });
  expect([openai.connections(), vision.connections()]).toEqual([0, 0]);
  const metrics = await (await fetch(`${url}/metrics`)).text();
  expect(metrics).toMatch(/terakoya_vendor_refusals_total\{vendor="openai"\} [1-9]/);
  expect(metrics).toMatch(/terakoya_vendor_budget_left_usd 0\n/);
});

it('summarises by OpenAI within the limit and counts what it cost', async () => {
  const url = await start(paid('1'));
  await expect(summarise()).resolves.toMatchObject({
    status: 'succeeded',
    result: { engine: 'openai:gpt-6-luna', summaries: FAKE_SUMMARY.summaries },
  });
  const metrics = await (await fetch(`${url}/metrics`)).text();
  expect(metrics).toMatch(/terakoya_vendor_budget_left_usd 0\.99/);
  expect(metrics).toMatch(/terakoya_vendor_spend_usd_total\{vendor="openai",model="gpt-6-luna"\} 0\.0000/);
});

it('pays nothing for a notebook without text', async () => {
  await start(paid('1'));
  await expect(summarise(' \n')).resolves.toMatchObject({ status: 'succeeded', result: { engine: 'local' } });
  expect(openai.connections()).toBe(0);
});

it('tries again when the vendor is down for a moment', async () => {
  openai.next(openAiError(503, 'overloaded'));
  await start(paid('1'));
  await expect(summarise()).resolves.toMatchObject({ result: { engine: 'openai:gpt-6-luna' } });
  expect(openai.requests).toHaveLength(2);
});

it('falls back to the local engine when the vendor stays down, or refuses the key', async () => {
  openai.next(...Array.from({ length: summariseNotebook.attempts }, () => openAiError(500, 'server_error')));
  await start(paid('1'));
  await expect(summarise()).resolves.toMatchObject({ status: 'succeeded', result: { engine: 'local' } });
  expect(openai.requests).toHaveLength(summariseNotebook.attempts);
  openai.next(openAiError(401, 'invalid_api_key'));
  await expect(summarise()).resolves.toMatchObject({ status: 'succeeded', result: { engine: 'local' } });
});

it('reads an image for ocr-worker', async () => {
  const url = await start(paid('1'));
  await expect(reader(url).read(await storedImage(), ['jpn', 'eng'], signal())).resolves.toMatchObject({
    engine: 'google-vision',
    text: '光合成 plant',
    words: [{ text: '光合成', confidence: expect.closeTo(0.98) }, { text: 'plant' }],
  });
});

it('tells ocr-worker how the vendor failed', async () => {
  const url = await start(paid('1'));
  const image = await storedImage();
  vision.next(
    visionError(503, 'UNAVAILABLE'),
    visionError(403, 'PERMISSION_DENIED'),
    visionError(429, 'RESOURCE_EXHAUSTED', 60),
    annotated(),
  );
  for (const code of ['UNAVAILABLE', 'INTERNAL_SERVER_ERROR', 'RATE_LIMITED', 'RATE_LIMITED']) {
    await expect(reader(url).read(image, ['jpn'], signal())).rejects.toMatchObject({ code });
  }
  expect(vision.requests).toHaveLength(3);
});

it('answers nobody but ocr-worker', async () => {
  const url = await start(paid('1'));
  const image = await storedImage();
  const forged = reader(url, 'another-secret-of-at-least-32-characters');
  await expect(forged.read(image, ['jpn'], signal())).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });

  const identity = createIdentityHeaders(new Secret(testIdentity.secret));
  const post = (headers: Record<string, string>, body: string) =>
    fetch(`${url}/v1/ocr`, { method: 'POST', headers, body });
  const body = JSON.stringify({ key: image.key, languages: ['jpn'] });
  const asCaller = (caller: string) => ({ [IDENTITY_HEADER]: identity.sign({ caller, viewer: null }) });
  expect((await post({}, body)).status).toBe(401);
  expect((await post(asCaller('gateway'), body)).status).toBe(403);
  expect((await post(asCaller('ocr-worker'), '{')).status).toBe(400);
  expect(
    (await post(asCaller('ocr-worker'), JSON.stringify({ key: '../../etc/passwd', languages: ['jpn'] }))).status,
  ).toBe(400);
  expect((await post(asCaller('ocr-worker'), JSON.stringify({ key: 'scans/none', languages: ['jpn'] }))).status).toBe(
    404,
  );
  expect((await post(asCaller('ocr-worker'), 'x'.repeat(10_000))).status).toBe(413);
  expect((await fetch(`${url}/v1/other`)).status).toBe(404);
  expect(vision.connections()).toBe(0);
});

it.each([
  ['OPENAI_API_KEY', { AI_ENGINE: 'openai' }],
  ['OPENAI_MODEL', { AI_ENGINE: 'openai', OPENAI_API_KEY: FAKE_OPENAI_KEY, OPENAI_MODEL: 'gpt-unknown' }],
  ['GOOGLE_APPLICATION_CREDENTIALS', { GOOGLE_APPLICATION_CREDENTIALS: '/nowhere.json' }],
])('does not start with a wrong %s, and says so', async (name, variables) => {
  await expect(start(variables)).rejects.toThrow(name);
});

it('is ready when its database, store and Redis are, and keeps its key out of sight', async () => {
  const url = await start(paid('1'));
  await expect((await fetch(`${url}/ready`)).json()).resolves.toMatchObject({ ready: true, unready: [] });
  expect(JSON.stringify(configOf(paid('1')))).not.toContain(FAKE_OPENAI_KEY);
});
