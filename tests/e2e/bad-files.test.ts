import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { createNotebook, type SchoolClient, startImport, uploadBytes } from '@terakoya/common/school-client';

import { eventually } from '../../common/testkit';
import { bombPdf, bombPng, corruptPdf, giantPagePdf, pdfOfPages } from '../fixtures/bad-files';
import { SchoolUnderTest } from './school-under-test';

jest.setTimeout(180_000);

const fixture = (name: string): Buffer => readFileSync(join(__dirname, '..', 'fixtures', name));
const under = new SchoolUnderTest();
let client: SchoolClient;

beforeAll(async () => {
  await under.start();
  client = await under.newPupil();
});
afterAll(() => under.close());

test.each([
  ['0 bytes', () => Buffer.alloc(0), 'application/pdf', 'DOCUMENT_EMPTY'],
  ['21 MB', () => Buffer.alloc(21 * 1024 * 1024, 'x'), 'application/pdf', 'DOCUMENT_TOO_LARGE'],
  ['a JPEG that says PDF', () => fixture('photo-en.jpg'), 'application/pdf', 'DOCUMENT_TYPE_MISMATCH'],
  ['a PDF that says PNG', () => fixture('lesson.pdf'), 'image/png', 'DOCUMENT_TYPE_MISMATCH'],
  ['text that says JPEG', () => Buffer.from('hello'), 'image/jpeg', 'DOCUMENT_TYPE_MISMATCH'],
  ['a word processor document', () => Buffer.from('PK'), 'application/msword', 'DOCUMENT_TYPE_UNSUPPORTED'],
])('%s is refused when it is uploaded', async (name, make, type, code) => {
  await expect(uploadBytes(client, make(), name, type)).rejects.toMatchObject({ code });
});

test.each([
  ['a corrupt PDF', async () => corruptPdf(fixture('lesson.pdf')), 'application/pdf', 'DOCUMENT_CORRUPT'],
  ['an encrypted PDF', async () => fixture('encrypted.pdf'), 'application/pdf', 'DOCUMENT_ENCRYPTED'],
  ['5,000 pages', () => pdfOfPages(5_000), 'application/pdf', 'DOCUMENT_TOO_MANY_PAGES'],
  ['a page of a kilometre', async () => giantPagePdf(), 'application/pdf', 'DOCUMENT_TOO_COMPLEX'],
  ['a PDF bomb', async () => bombPdf(), 'application/pdf', 'DOCUMENT_TOO_COMPLEX'],
  ['a PNG bomb', async () => bombPng(), 'image/png', 'DOCUMENT_TOO_COMPLEX'],
  [
    'a PNG cut off',
    async () => Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(50)]),
    'image/png',
    'DOCUMENT_CORRUPT',
  ],
] as const)('%s ends its import with an error of its own', async (name, make, type, code) => {
  const worker = under.school.process('notes-worker').pid;
  const notebookId = await createNotebook(client, name);
  const fileId = await uploadBytes(client, await make(), name, type);
  const { id } = await startImport(client, notebookId, fileId);
  const job = await eventually(
    async () => {
      const { data } = await client.ask<{
        importJob: { state: string; error: { code: string; message: string } | null };
      }>('query Job($id: ID!) { importJob(id: $id) { state error { code message } } }', { id });
      expect(['FAILED', 'COMPLETED']).toContain(data.importJob.state);
      return data.importJob;
    },
    { timeoutMs: 100_000, everyMs: 100 },
  );
  expect({ state: job.state, code: job.error?.code }).toEqual({ state: 'FAILED', code });
  expect(job.error?.message.length).toBeGreaterThan(20);
  expect(under.school.process('notes-worker').pid).toBe(worker);
});

test('the memory of the worker stays bounded, and it goes on to import good documents', async () => {
  const pid = under.school.process('notes-worker').pid ?? 0;
  const peakKb = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  expect(peakKb / 1024).toBeLessThan(2_048);
  const notebookId = await createNotebook(client, 'good');
  const { id } = await startImport(
    client,
    notebookId,
    await uploadBytes(client, fixture('lesson.pdf'), 'lesson.pdf', 'application/pdf'),
  );
  await eventually(
    async () => {
      const { data } = await client.ask<{ importJob: { state: string } }>(
        'query Job($id: ID!) { importJob(id: $id) { state } }',
        { id },
      );
      expect(data.importJob.state).toBe('COMPLETED');
    },
    { timeoutMs: 60_000, everyMs: 100 },
  );
});
