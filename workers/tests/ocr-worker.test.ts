import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { type StoredImage, readPage } from '@terakoya/common/contracts';
import { type Closable, type Service, closeInReverse } from '@terakoya/common/lifecycle';
import { type ObjectStorage, createStorage } from '@terakoya/common/storage';
import { testRoleUrl } from '@terakoya/common/testkit';

import { aiProxyConfig } from '../ai-proxy/config';
import { createAiProxy } from '../ai-proxy/service';
import { createDocumentThreads } from '../notes-worker/document-threads';
import { ocrWorkerConfig } from '../ocr-worker/config';
import { createOcrWorker } from '../ocr-worker/service';
import { SENTENCES, textPdf } from './documents';
import { type FakeVendor, deadAddress } from './fake-vendor';
import { startFakeVision, writeFakeCredentials } from './fake-vision';
import { type JobOwner, startJobOwner } from './job-owner';
import { type WorkerEnvironment, createWorkerEnvironment } from './worker-environment';

let environment: WorkerEnvironment;
let notes: JobOwner;
let storage: ObjectStorage;
let vision: FakeVendor;
let page: StoredImage;
let opened: Closable[] = [];

beforeAll(async () => {
  environment = await createWorkerEnvironment();
  notes = await startJobOwner('notes', environment.database.url, environment.connection);
  storage = createStorage(ocrWorkerConfig.read(environment.variables));
  page = await storePicture();
});
afterAll(async () => {
  await storage.close();
  await notes.close();
  await environment.remove();
});
beforeEach(async () => {
  vision = await startFakeVision();
  opened = [vision];
});
afterEach(() => closeInReverse(opened));

/** A page of print as a picture: a born-digital page, rendered. */
async function storePicture(): Promise<StoredImage> {
  const path = join(environment.folder, 'print.pdf');
  await writeFile(path, await textPdf());
  const threads = createDocumentThreads({ threads: 1 });
  try {
    const run = { jobId: 'job', attempt: 1, signal: AbortSignal.timeout(30_000) };
    const { preview } = await threads.render({ path, sha256: 'print', contentType: 'application/pdf' }, 1, run);
    const { bytes, contentType, width, height } = preview;
    await storage.put('scans/print', Buffer.from(bytes), contentType);
    return { key: 'scans/print', contentType, width, height, size: bytes.byteLength };
  } finally {
    await threads.close();
  }
}

async function start(variables: Record<string, string> = {}): Promise<void> {
  await begin(createOcrWorker(ocrWorkerConfig.read({ ...environment.variables, ...variables })));
}

async function startAiProxy(limitUsd: string): Promise<string> {
  const config = aiProxyConfig.read({
    ...environment.variables,
    DATABASE_URL: testRoleUrl(environment.database.url, 'ai_proxy'),
    AI_SPEND_LIMIT_USD: limitUsd,
    GOOGLE_APPLICATION_CREDENTIALS: writeFakeCredentials(environment.folder),
    GOOGLE_VISION_URL: vision.url,
  });
  return `http://127.0.0.1:${await begin(createAiProxy(config))}`;
}

async function begin(service: Service): Promise<number> {
  const { port } = await service.start();
  opened.push(service);
  return port;
}

async function read() {
  const pageId = randomUUID();
  const outcome = await notes.run(readPage, pageId, {
    importId: randomUUID(),
    pageId,
    image: page,
    languages: ['eng'],
  });
  if (outcome.status !== 'succeeded') throw new Error(JSON.stringify(outcome));
  return outcome.result.text;
}

it('reads print with tesseract by default, each word with its box and confidence', async () => {
  await start();
  const text = await read();
  expect(text.engine).toBe('tesseract');
  expect(text.text.trim()).toBe(SENTENCES[0]);
  expect(text.words.map((word) => word.text)).toEqual(SENTENCES[0]?.split(' '));
  for (const { confidence, box } of text.words) {
    expect(confidence).toBeGreaterThan(0.6);
    expect(box.width * box.height).toBeGreaterThan(0);
  }
}, 60_000);

it('reads by way of ai-proxy when Google Vision is chosen', async () => {
  await start({ OCR_ENGINE: 'google-vision', AI_PROXY_URL: await startAiProxy('1') });
  await expect(read()).resolves.toMatchObject({
    engine: 'google-vision',
    words: [{ confidence: expect.closeTo(0.98) }, { confidence: expect.closeTo(0.55) }],
  });
}, 60_000);

it('reads with tesseract when the spend limit refuses, and the vendor hears nothing of it', async () => {
  await start({ OCR_ENGINE: 'google-vision', AI_PROXY_URL: await startAiProxy('0') });
  await expect(read()).resolves.toMatchObject({ engine: 'tesseract' });
  expect(vision.connections()).toBe(0);
}, 60_000);

it('reads with tesseract when ai-proxy cannot be reached', async () => {
  await start({ OCR_ENGINE: 'google-vision', AI_PROXY_URL: await deadAddress() });
  await expect(read()).resolves.toMatchObject({ engine: 'tesseract' });
}, 60_000);
