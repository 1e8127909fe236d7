import { v7 as uuid } from 'uuid';

import { pageRead, renderPage } from '@terakoya/common/contracts';
import { encodeId } from '@terakoya/common/global-ids';
import { metricsText } from '@terakoya/common/telemetry';
import { asViewer, eventually } from '@terakoya/common/testkit';

import { keyOf, openNotes, pagesOf } from './open-notes';

let notes: Awaited<ReturnType<typeof openNotes>>;
const viewer = asViewer('STUDENT');

beforeAll(async () => {
  notes = await openNotes();
});
afterAll(() => notes.close());

const count = (list: readonly string[], wanted: string) => list.filter((what) => what === wanted).length;

test('an import goes from a file that is not known yet to pages with images, words and text', async () => {
  const notebookId = await notes.createNotebook(viewer);
  const fileId = notes.makeFile([{ embedded: 'Light and water' }, { scanned: '光合成\nの\0しくみ' }]);
  const started = await notes.startImport(viewer, notebookId, fileId);
  expect(started.data.importFile).toMatchObject({
    state: 'WAITING',
    file: { id: fileId },
    notebook: { id: notebookId, pageCount: 0 },
    progress: { pagesFound: null, pagesRead: 0, fraction: 0 },
  });
  await notes.tellCompleted(fileId, viewer.userId);
  const done = await notes.untilState(viewer, started.data.importFile.id, 'COMPLETED');
  expect(done).toMatchObject({
    notebook: { pageCount: 2 },
    progress: { pagesFound: 2, pagesRendered: 2, pagesRead: 2, pagesFailed: 0, fraction: 1 },
    error: null,
  });
  expect(Date.parse(done.finishedAt)).toBeGreaterThanOrEqual(Date.parse(done.createdAt));

  const [first, second] = await pagesOf(notes.base, viewer, notebookId);
  const prefix = `pages/${viewer.userId}/${keyOf(notebookId)}/${keyOf(first.id)}/`;
  expect(first).toMatchObject({
    number: 1,
    state: 'READ',
    width: 595,
    text: 'Light and water',
    textSource: 'EMBEDDED',
    textEngine: 'embedded',
    image: { id: encodeId('Image', `${prefix}preview.webp`), width: 1240, contentType: 'image/webp' },
    thumbnail: { id: encodeId('Image', `${prefix}thumbnail.webp`) },
    error: null,
  });
  expect(first.words.edges.map(({ node }: { node: { text: string } }) => node.text)).toEqual(['Light', 'and', 'water']);
  expect(first.words.edges[0].node).toMatchObject({ confidence: 0.9, box: { x: 0.1, y: 0, width: 0.2, height: 0.04 } });
  expect(second).toMatchObject({ number: 2, text: '光合成\nのしくみ', textSource: 'OCR', textEngine: 'tesseract' });
});

test('tells every change once and in order, and each text as it is known', async () => {
  const notebookId = await notes.createNotebook(viewer);
  await notes.importPages(viewer, notebookId, [{ embedded: 'one' }, { scanned: 'two' }, { embedded: 'three' }]);
  const events = await eventually(async () => {
    const found = await notes.eventsOf(notebookId);
    expect(found.at(-1)?.what).toBe('notes.import.completed');
    return found;
  });
  const kinds = events.map(({ what }) => what);
  expect(kinds.slice(0, 2)).toEqual(['IMPORT_STARTED', 'IMPORT_PAGES_FOUND']);
  expect(kinds.slice(-2)).toEqual(['IMPORT_COMPLETED', 'notes.import.completed']);
  expect(kinds).toHaveLength(4 + 3 * 3);
  const texts = events
    .filter(({ what }) => what === pageRead.name)
    .map(({ event }) => pageRead.payload.parse(event.payload));
  expect(texts.map(({ number, text }) => [number, text]).sort()).toEqual([
    [1, 'one'],
    [2, 'two'],
    [3, 'three'],
  ]);
  for (const { pageId } of texts) {
    const ofPage = events.filter(({ event }) => (event.payload as { pageId?: string }).pageId === pageId);
    expect(ofPage.map(({ what }) => what)).toEqual(['PAGE_RENDERED', 'PAGE_READ', pageRead.name]);
  }
});

test('outcomes that come twice have one effect', async () => {
  const notebookId = await notes.createNotebook(viewer);
  const done = await notes.importPages(viewer, notebookId, [{ embedded: 'a' }, { scanned: 'b' }]);
  const before = await eventually(async () => {
    const kinds = await notes.kindsOf(notebookId);
    expect(kinds.at(-1)).toBe('notes.import.completed');
    return kinds;
  });
  const pages = await pagesOf(notes.base, viewer, notebookId);
  const jobs = notes.ran.filter(({ payload }) => (payload as { importId: string }).importId === keyOf(done.id));
  expect(jobs).toHaveLength(4);
  const stale = await staleOutcomes();
  for (const { task, jobId } of jobs) await notes.queues.cancel(task, jobId);
  await notes.queues.add(jobs.map(({ task, jobId, payload }) => ({ task, jobId, payload, traceparent: null })));
  await eventually(async () => expect(await staleOutcomes()).toBe(stale + jobs.length));
  expect(await notes.kindsOf(notebookId)).toEqual(before);
  expect(await pagesOf(notes.base, viewer, notebookId)).toEqual(pages);
  expect((await notes.getImport(viewer, done.id)).data.importJob).toEqual(done);
});

async function staleOutcomes(): Promise<number> {
  const lines = (await metricsText()).split('\n').filter((line) => line.startsWith('terakoya_job_outcomes_total{'));
  return lines
    .filter((line) => line.includes('fresh="false"'))
    .reduce((sum, line) => sum + Number(line.split(' ')[1]), 0);
}

test('an event that comes twice starts an import once', async () => {
  const notebookId = await notes.createNotebook(viewer);
  const fileId = notes.makeFile([{ embedded: 'a' }]);
  const eventId = uuid();
  const { data } = await notes.startImport(viewer, notebookId, fileId);
  await notes.tellCompleted(fileId, viewer.userId, eventId);
  await notes.tellCompleted(fileId, viewer.userId, eventId);
  await notes.untilState(viewer, data.importFile.id, 'COMPLETED');
  expect(
    notes.ran.filter(({ payload }) => (payload as { importId: string }).importId === keyOf(data.importFile.id)),
  ).toHaveLength(2);
});

test('a page that fails says why and the others go on; a retry does only what is missing', async () => {
  const notebookId = await notes.createNotebook(viewer);
  const { id, fileId } = await notes.startPages(viewer, notebookId, [
    { embedded: 'one' },
    { failsRendering: 'DOCUMENT_TOO_COMPLEX' },
    { scanned: 'three', failsReading: 'DOCUMENT_CORRUPT' },
  ]);
  const done = await notes.untilState(viewer, id, 'COMPLETED');
  expect(done).toMatchObject({ error: null, progress: { pagesFound: 3, pagesRead: 1, pagesFailed: 2, fraction: 1 } });
  const pages = await pagesOf(notes.base, viewer, notebookId);
  expect(
    pages.map(({ state, error }: { state: string; error: { code: string; pageNumber: number } | null }) => [
      state,
      error?.code,
      error?.pageNumber,
    ]),
  ).toEqual([
    ['READ', undefined, undefined],
    ['FAILED', 'DOCUMENT_TOO_COMPLEX', 2],
    ['FAILED', 'DOCUMENT_CORRUPT', 3],
  ]);
  expect(count(await notes.kindsOf(notebookId), 'PAGE_FAILED')).toBe(2);

  notes.replaceFile(fileId, [{ embedded: 'one' }, { embedded: 'two' }, { scanned: 'three' }]);
  const ranBefore = notes.ran.length;
  expect((await notes.retryImport(viewer, id)).data.retryImport).toMatchObject({ state: 'QUEUED' });
  expect((await notes.untilState(viewer, id, 'COMPLETED')).progress).toMatchObject({ pagesRead: 3, pagesFailed: 0 });
  const again = notes.ran.slice(ranBefore).filter(({ task }) => task === renderPage);
  expect(again.map(({ number }) => number).sort()).toEqual([2, 3]);
  const after = await pagesOf(notes.base, viewer, notebookId);
  expect(after.map(({ text }: { text: string }) => text)).toEqual(['one', 'two', 'three']);
  expect(after.map((page: { id: string }) => page.id)).toEqual(pages.map((page: { id: string }) => page.id));
  expect((await notes.retryImport(viewer, id)).code).toBe('CONFLICT');
});

test('an import fails when no page can be read, or the document cannot, and names the reason', async () => {
  const notebookId = await notes.createNotebook(viewer);
  const pages = await notes.startPages(viewer, notebookId, [{ failsRendering: 'DOCUMENT_TOO_COMPLEX' }]);
  expect((await notes.untilState(viewer, pages.id, 'FAILED')).error).toEqual({
    code: 'DOCUMENT_TOO_COMPLEX',
    message: 'It cannot be rendered.',
    pageNumber: 1,
  });
  const document = await notes.startPages(viewer, notebookId, null);
  expect((await notes.untilState(viewer, document.id, 'FAILED')).error).toMatchObject({
    code: 'DOCUMENT_CORRUPT',
    pageNumber: null,
  });
  const empty = await notes.startPages(viewer, notebookId, []);
  expect((await notes.untilState(viewer, empty.id, 'FAILED')).error).toMatchObject({ code: 'DOCUMENT_EMPTY' });
  notes.replaceFile(document.fileId, [{ embedded: 'mended' }]);
  await notes.retryImport(viewer, document.id);
  await notes.untilState(viewer, document.id, 'COMPLETED');
  expect(count(await notes.kindsOf(notebookId), 'IMPORT_FAILED')).toBe(3);
});
