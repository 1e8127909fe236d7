import { randomUUID } from 'node:crypto';

import { type SourceDocument, inspectDocument, renderPage } from '@terakoya/common/contracts';
import type { Service } from '@terakoya/common/lifecycle';
import { createLogger } from '@terakoya/common/logging';
import { type ObjectStorage, createStorage } from '@terakoya/common/storage';
import sharp from 'sharp';

import { notesWorkerConfig } from '../notes-worker/config';
import { createDocumentCache } from '../notes-worker/document-cache';
import { createDocumentThreads } from '../notes-worker/document-threads';
import { createNotesWorkerEvents } from '../notes-worker/events';
import { createNotesWorker } from '../notes-worker/service';
import { createRenderPage } from '../tasks/render-page/handler';
import { SENTENCES, greyPng, picturePdf, storeDocument, textPdf } from './documents';
import { type JobOwner, startJobOwner } from './job-owner';
import { type WorkerEnvironment, createWorkerEnvironment } from './worker-environment';

let environment: WorkerEnvironment;
let notes: JobOwner;
let service: Service;
let storage: ObjectStorage;
let url: string;

beforeAll(async () => {
  environment = await createWorkerEnvironment();
  const config = notesWorkerConfig.read({ ...environment.variables, NOTES_THREADS: '1' });
  storage = createStorage(config);
  notes = await startJobOwner('notes', environment.database.url, environment.connection);
  service = createNotesWorker(config);
  url = `http://127.0.0.1:${(await service.start()).port}`;
});
afterAll(async () => {
  await service.close();
  await notes.close();
  await storage.close();
  await environment.remove();
});

const inspect = (document: SourceDocument) => {
  const importId = randomUUID();
  return notes.run(inspectDocument, importId, { importId, document });
};

function pagePayload(document: SourceDocument, number: number) {
  const pageId = randomUUID();
  return { importId: randomUUID(), pageId, number, document, keyPrefix: `pages/${pageId}/` };
}

const render = (payload: ReturnType<typeof pagePayload>) => notes.run(renderPage, payload.pageId, payload);

it('finds the pages of a PDF and renders them with the text they carry', async () => {
  const document = await storeDocument(storage, await textPdf(), 'application/pdf');
  await expect(inspect(document)).resolves.toEqual({
    status: 'succeeded',
    result: { pages: [1, 2].map((number) => ({ number, width: 595, height: 842 })) },
  });
  for (const [index, sentence] of SENTENCES.entries()) {
    const payload = pagePayload(document, index + 1);
    const outcome = await render(payload);
    if (outcome.status !== 'succeeded') throw new Error(JSON.stringify(outcome));
    const { preview, thumbnail, text, scan } = outcome.result;
    expect(scan).toBeNull();
    expect(text).toMatchObject({ engine: 'embedded' });
    expect(text?.text.trim()).toBe(sentence);
    expect(text?.words.map((word) => word.text).join('')).toContain(sentence.split(' ')[0]);
    for (const [name, image] of Object.entries({ preview, thumbnail })) {
      expect(image.key).toBe(`${payload.keyPrefix}${name}`);
      const bytes = await storage.getBuffer(image.key, 10_000_000);
      expect(bytes.byteLength).toBe(image.size);
      const { width, height } = await sharp(bytes).metadata();
      expect([width, height]).toEqual([image.width, image.height]);
    }
  }
});

it('gives an image to be read where a page carries no text', async () => {
  for (const document of [
    await storeDocument(storage, await picturePdf(), 'application/pdf'),
    await storeDocument(storage, await greyPng(), 'image/png'),
  ]) {
    const payload = pagePayload(document, 1);
    const outcome = await render(payload);
    expect(outcome).toMatchObject({
      status: 'succeeded',
      result: { text: null, scan: { key: `${payload.keyPrefix}scan` } },
    });
    if (outcome.status === 'succeeded') expect(await storage.stat(`${payload.keyPrefix}scan`)).not.toBeNull();
  }
});

it('run again, puts the same objects under the same keys', async () => {
  const document = await storeDocument(storage, await textPdf(), 'application/pdf');
  const payload = pagePayload(document, 1);
  const first = await render(payload);
  const again = await render({ ...payload, importId: randomUUID() });
  expect(again).toEqual(first);
  expect(await storage.deletePrefix(payload.keyPrefix)).toBe(2);
});

it.each([
  ['a PDF that is cut off', async () => (await textPdf()).subarray(0, 300), 'DOCUMENT_CORRUPT'],
  ['a PNG that says it is a PDF', () => greyPng(), 'DOCUMENT_TYPE_MISMATCH'],
])('tells why %s cannot be imported', async (_name, bytes, code) => {
  const document = await storeDocument(storage, await bytes(), 'application/pdf');
  await expect(inspect(document)).resolves.toMatchObject({ status: 'failed', error: { code } });
});

it.each([
  ['no bytes', { size: 0 }, 'DOCUMENT_EMPTY'],
  ['21 MB', { size: 21 * 1024 * 1024 }, 'DOCUMENT_TOO_LARGE'],
  ['other bytes than were uploaded', { sha256: '0'.repeat(64) }, 'DOCUMENT_CORRUPT'],
  ['no file any more', { key: 'files/gone' }, 'FILE_NOT_FOUND'],
])('tells that a document has %s', async (_name, wrong, code) => {
  const document = { ...(await storeDocument(storage, await greyPng(), 'image/png')), ...wrong };
  await expect(inspect(document)).resolves.toMatchObject({ status: 'failed', error: { code } });
});

it('stores nothing more once its job is cancelled', async () => {
  const events = createNotesWorkerEvents(createLogger('test', 'silent'));
  const threads = createDocumentThreads({ threads: 1 });
  const documents = await createDocumentCache(storage, 1_000_000);
  try {
    const document = await storeDocument(storage, await textPdf(), 'application/pdf');
    const payload = pagePayload(document, 1);
    const controller = new AbortController();
    const { run } = createRenderPage({ documents, threads, storage, events });
    const running = run(payload, { jobId: randomUUID(), attempt: 1, signal: controller.signal });
    setImmediate(() => controller.abort(new Error('cancelled'))); // the thread of this new pool has not even started
    await expect(running).rejects.toThrow('cancelled');
    expect(await storage.deletePrefix(payload.keyPrefix)).toBe(0);
  } finally {
    await documents.close();
    await threads.close();
  }
});

it('is ready, and counts what it did', async () => {
  await expect((await fetch(`${url}/ready`)).json()).resolves.toMatchObject({ ready: true, unready: [] });
  const metrics = await (await fetch(`${url}/metrics`)).text();
  expect(metrics).toMatch(/terakoya_pages_rendered_total\{text="embedded"\} [1-9]/);
  expect(metrics).toMatch(/terakoya_documents_refused_total\{code="DOCUMENT_EMPTY"\} 1/);
});
