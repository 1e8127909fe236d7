import { v7 as uuid } from 'uuid';

import { readPage } from '@terakoya/common/contracts';
import { asViewer, eventually } from '@terakoya/common/testkit';

import { keyOf, openNotes, pagesOf } from './open-notes';

let notes: Awaited<ReturnType<typeof openNotes>>;
const viewer = asViewer('STUDENT');

beforeAll(async () => {
  notes = await openNotes();
});
afterAll(() => notes.close());

const cancel = (id: string, who = viewer) => {
  const fields = 'id state finishedAt progress { pagesRead }';
  return who.ask(notes.base, `mutation ($id: ID!) { cancelImport(importId: $id) { ${fields} } }`, { id });
};
const deleteNotebook = (id: string) =>
  viewer.ask(notes.base, 'mutation ($id: ID!) { deleteNotebook(notebookId: $id) }', { id });
const count = (list: readonly string[], wanted: string) => list.filter((what) => what === wanted).length;

test('cancelling keeps what is read, removes the rest, and a retry puts it back in its place', async () => {
  const notebookId = await notes.createNotebook(viewer);
  const gate = Promise.withResolvers<void>();
  const { id } = await notes.startPages(viewer, notebookId, [
    { embedded: 'one' },
    { embedded: 'two', after: gate.promise },
    { embedded: 'three' },
    { scanned: 'four', after: gate.promise },
  ]);
  await eventually(async () => expect((await notes.getImport(viewer, id)).data.importJob.progress.pagesRead).toBe(2));
  const objects = async () =>
    (await pagesOf(notes.base, viewer, notebookId)).map((page: { number: number }) => page.number);
  expect(await objects()).toEqual([1, 2, 3, 4]);
  const unread = (await pagesOf(notes.base, viewer, notebookId))[1].id;
  await notes.storage.put(
    `pages/${viewer.userId}/${keyOf(notebookId)}/${keyOf(unread)}/preview.webp`,
    Buffer.from('x'),
    'image/webp',
  );

  const cancelled = await cancel(id);
  expect(cancelled.data.cancelImport).toMatchObject({ state: 'CANCELLED', progress: { pagesRead: 2 } });
  expect(cancelled.data.cancelImport.finishedAt).not.toBeNull();
  expect((await cancel(id)).data.cancelImport.state).toBe('CANCELLED');
  expect(await objects()).toEqual([1, 3]);
  await eventually(async () =>
    expect(
      await notes.storage.stat(`pages/${viewer.userId}/${keyOf(notebookId)}/${keyOf(unread)}/preview.webp`),
    ).toBeNull(),
  );
  gate.resolve();

  expect((await notes.retryImport(viewer, id)).data.retryImport.state).toBe('QUEUED');
  const done = await notes.untilState(viewer, id, 'COMPLETED');
  expect(done).toMatchObject({ notebook: { pageCount: 4 }, progress: { pagesFound: 4, pagesRead: 4, pagesFailed: 0 } });
  const pages = await pagesOf(notes.base, viewer, notebookId);
  expect(pages.map(({ number, text }: { number: number; text: string }) => [number, text])).toEqual([
    [1, 'one'],
    [2, 'two'],
    [3, 'three'],
    [4, 'four'],
  ]);
  expect((await cancel(id)).code).toBe('CONFLICT');
  const kinds = await eventually(async () => {
    const found = await notes.kindsOf(notebookId);
    expect(found.at(-1)).toBe('notes.import.completed');
    return found;
  });
  expect([count(kinds, 'IMPORT_CANCELLED'), count(kinds, 'IMPORT_COMPLETED'), count(kinds, 'PAGE_READ')]).toEqual([
    1, 1, 4,
  ]);
});

test('cancelling takes back the jobs, running and waiting', async () => {
  const notebookId = await notes.createNotebook(viewer);
  const gate = Promise.withResolvers<void>();
  const { id } = await notes.startPages(
    viewer,
    notebookId,
    Array.from({ length: 10 }, () => ({ embedded: 'x', after: gate.promise })),
  );
  await notes.untilState(viewer, id, 'RUNNING');
  await eventually(async () => expect(await notes.unsettledJobs()).toBe(10));
  await cancel(id);
  await eventually(async () => expect(await notes.unsettledJobs()).toBe(0));
  gate.resolve();
});

test('cancelling in the middle of many outcomes neither blocks nor fails', async () => {
  const notebookId = await notes.createNotebook(viewer);
  const ids: string[] = [];
  for (let index = 0; index < 8; index += 1) {
    const pages = Array.from({ length: 12 }, (_page, number) => (number % 2 ? { embedded: 'e' } : { scanned: 's' }));
    ids.push((await notes.startPages(viewer, notebookId, pages)).id);
  }
  await eventually(async () => expect(await notes.kindsOf(notebookId)).toContain('PAGE_READ'));
  const answers = await Promise.all(ids.map((id) => cancel(id)));
  for (const { code } of answers) expect([undefined, 'CONFLICT']).toContain(code);
  expect(answers.some(({ code }) => code === undefined)).toBe(true);
  for (const id of ids) {
    const { data } = await notes.getImport(viewer, id);
    expect(['CANCELLED', 'COMPLETED']).toContain(data.importJob.state);
  }
  const pages = await pagesOf(notes.base, viewer, notebookId);
  for (const { state } of pages) expect(state).toBe('READ');
  const { data } = await viewer.ask(notes.base, 'query ($id: ID!) { notebook(id: $id) { pageCount } }', {
    id: notebookId,
  });
  expect(data.notebook.pageCount).toBe(pages.length);
});

test('an import whose file never comes fails, and can be retried when it has come', async () => {
  const impatient = await openNotes({ IMPORT_FILE_WAIT_SECONDS: '1' });
  try {
    const notebookId = await impatient.createNotebook(viewer);
    const fileId = impatient.makeFile([{ embedded: 'late' }]);
    const { data } = await impatient.startImport(viewer, notebookId, fileId);
    const { id } = data.importFile;
    expect((await impatient.untilState(viewer, id, 'FAILED')).error.code).toBe('FILE_NOT_FOUND');
    await impatient.tellCompleted(fileId, viewer.userId);
    await eventually(
      async () => {
        const { state } = (await impatient.getImport(viewer, id)).data.importJob;
        if (state === 'FAILED') await impatient.retryImport(viewer, id);
        expect(state).toBe('COMPLETED');
      },
      { timeoutMs: 20_000 },
    );
  } finally {
    await impatient.close();
  }
});

test("another's file and a deleted one are not found, known or not", async () => {
  const notebookId = await notes.createNotebook(viewer);
  const foreign = notes.makeFile([{ embedded: 'secret' }]);
  const { data } = await notes.startImport(viewer, notebookId, foreign);
  await notes.tellCompleted(foreign, uuid());
  expect((await notes.untilState(viewer, data.importFile.id, 'FAILED')).error.code).toBe('FILE_NOT_FOUND');
  expect((await notes.startImport(viewer, notebookId, foreign)).code).toBe('FILE_NOT_FOUND');

  const deleted = notes.makeFile([{ embedded: 'gone' }]);
  await notes.tellCompleted(deleted, viewer.userId);
  await notes.tellDeleted(deleted, viewer.userId);
  await eventually(async () =>
    expect((await notes.startImport(viewer, notebookId, deleted)).code).toBe('FILE_NOT_FOUND'),
  );
});

test('deleting a notebook ends its imports, removes its pages and objects, and says so last', async () => {
  const notebookId = await notes.createNotebook(viewer);
  const gate = Promise.withResolvers<void>();
  const { id } = await notes.startPages(viewer, notebookId, [
    { embedded: 'one' },
    { embedded: 'two', after: gate.promise },
  ]);
  await eventually(async () => expect((await notes.getImport(viewer, id)).data.importJob.progress.pagesRead).toBe(1));
  const [page] = await pagesOf(notes.base, viewer, notebookId);
  const key = `pages/${viewer.userId}/${keyOf(notebookId)}/${keyOf(page.id)}/preview.webp`;
  expect(await notes.storage.stat(key)).not.toBeNull();
  expect((await deleteNotebook(notebookId)).data.deleteNotebook).toBe(true);
  gate.resolve();
  expect((await notes.getImport(viewer, id)).code).toBe('NOT_FOUND');
  expect((await deleteNotebook(notebookId)).code).toBe('NOT_FOUND');
  await eventually(async () => expect(await notes.storage.stat(key)).toBeNull());
  await eventually(async () =>
    expect((await notes.kindsOf(notebookId)).slice(-2)).toEqual(['NOTEBOOK_DELETED', 'notes.notebook.deleted']),
  );
  const found = await viewer.ask(notes.base, 'query ($id: ID!) { page(id: $id) { id } }', { id: page.id });
  expect(found).toMatchObject({ data: { page: null }, code: 'NOT_FOUND' });
});

test('at most 20 imports of one viewer run at the same time', async () => {
  const busy = asViewer('STUDENT');
  const notebookId = await notes.createNotebook(busy);
  const gate = Promise.withResolvers<void>();
  const fileId = notes.makeFile([{ embedded: 'x', after: gate.promise }]);
  await notes.tellCompleted(fileId, busy.userId);
  const first = await eventually(async () => {
    const { data } = await notes.startImport(busy, notebookId, fileId);
    expect(data.importFile.state).toBe('QUEUED');
    return data.importFile.id as string;
  });
  const answers = await Promise.all(Array.from({ length: 24 }, () => notes.startImport(busy, notebookId, fileId)));
  const started = answers.filter(({ code }) => code === undefined);
  expect(answers.filter(({ code }) => code === 'LIMIT_EXCEEDED').length + started.length).toBe(24);
  const { data } = await busy.ask(
    notes.base,
    'query ($id: ID!) { notebook(id: $id) { imports(first: 100) { edges { node { id state } } } } }',
    { id: notebookId },
  );
  const running = data.notebook.imports.edges.filter(({ node }: { node: { state: string } }) =>
    ['WAITING', 'QUEUED', 'RUNNING'].includes(node.state),
  );
  expect(running).toHaveLength(20);
  await cancel(first, busy);
  expect((await notes.startImport(busy, notebookId, fileId)).code).toBeUndefined();
  gate.resolve();
});

test('what is read from is the scan that rendering made', () => {
  const reading = notes.ran
    .filter(({ task }) => task === readPage)
    .map(({ payload }) => readPage.payload.parse(payload));
  expect(reading.length).toBeGreaterThan(0);
  for (const { image, pageId } of reading) expect(image.key).toMatch(new RegExp(`/${pageId}/scan\\.png$`));
});
