import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import {
  createNotebook,
  loadNotebook,
  type SchoolClient,
  startImport,
  uploadFile,
} from '@terakoya/common/school-client';

import { eventually, startOwnRedis } from '../../common/testkit';
import type { LocalRedis } from '../../common/local-servers';
import { LESSON_PAGES } from '../fixtures/lesson';
import { SchoolUnderTest } from './school-under-test';

jest.setTimeout(150_000);

const LESSON = join(__dirname, '..', 'fixtures', 'lesson.pdf');
let redis: LocalRedis;
let under: SchoolUnderTest;
let client: SchoolClient;
let fileId = '';

beforeAll(async () => {
  redis = await startOwnRedis();
  under = new SchoolUnderTest({ environment: { REDIS_URL: redis.url } });
  await under.start();
  client = await under.newPupil();
  fileId = await uploadFile(client, LESSON);
});
afterAll(async () => {
  await under.close();
  await redis.stop();
});

async function importState(
  importId: string,
): Promise<{ state: string; progress: { pagesRead: number; pagesRendered: number } }> {
  const { data } = await client.ask<{
    importJob: { state: string; progress: { pagesRead: number; pagesRendered: number } };
  }>('query State($id: ID!) { importJob(id: $id) { state progress { pagesRead pagesRendered } } }', { id: importId });
  return data.importJob;
}

async function expectWhole(notebookId: string, importId: string): Promise<void> {
  await eventually(async () => expect((await importState(importId)).state).toBe('COMPLETED'), {
    timeoutMs: 60_000,
    everyMs: 100,
  });
  expect((await importState(importId)).progress).toEqual({
    pagesRead: LESSON_PAGES.length,
    pagesRendered: LESSON_PAGES.length,
  });
  const { pages } = await loadNotebook(client, notebookId);
  expect(pages.map(({ number, state }) => `${number} ${state}`)).toEqual(
    LESSON_PAGES.map((_, index) => `${index + 1} READ`),
  );
}

test('notes-worker killed with -9 in the middle of an import: it is started again and each page is there exactly once', async () => {
  const notebookId = await createNotebook(client, 'killed');
  const { id } = await startImport(client, notebookId, fileId);
  await eventually(async () => expect((await importState(id)).progress.pagesRendered).toBeGreaterThan(0), {
    everyMs: 10,
  });
  const worker = under.school.process('notes-worker');
  const killed = worker.pid ?? 0;
  process.kill(killed, 'SIGKILL');
  await expectWhole(notebookId, id);
  expect(worker.pid).not.toBe(killed);
  expect(under.lines.join('\n')).toContain('notes-worker ended (signal SIGKILL');
});

test('Redis started again without its data in the middle of ten imports: all of them finish', async () => {
  const started = await Promise.all(
    Array.from({ length: 10 }, async (_, index) => {
      const notebookId = await createNotebook(client, `redis ${index}`);
      return { notebookId, importId: (await startImport(client, notebookId, fileId)).id };
    }),
  );
  await eventually(async () => {
    const states = await Promise.all(started.map(({ importId }) => importState(importId)));
    expect(states.some(({ progress }) => progress.pagesRendered > 0)).toBe(true);
  });
  const { port } = redis;
  await redis.kill();
  redis = await startOwnRedis(port);
  for (const { notebookId, importId } of started) await expectWhole(notebookId, importId);
  await eventually(
    async () => {
      const notebooks = await Promise.all(started.map(({ notebookId }) => loadNotebook(client, notebookId)));
      expect(notebooks.map(({ summary }) => summary?.state)).toEqual(started.map(() => 'READY'));
    },
    { timeoutMs: 30_000, everyMs: 200 },
  );
});

test('a subscription dropped for 5 s and resumed behind its cursor sees every event once, in order', async () => {
  const notebookId = await createNotebook(client, 'dropped');
  const rename = (title: string) =>
    client.ask('mutation Rename($input: RenameNotebookInput!) { renameNotebook(input: $input) { id } }', {
      input: { notebookId, title },
    });
  const watch = (after: string | null) =>
    client.subscribe<{ notebookChanged: { kind: string; cursor: string } }>(
      'subscription Watch($id: ID!, $after: String) { notebookChanged(id: $id, after: $after) { kind cursor } }',
      { id: notebookId, after },
    );
  const cursors: string[] = [];
  const kinds: string[] = [];
  const take = async (changes: ReturnType<typeof watch>): Promise<void> => {
    const { value } = await changes.next();
    const change = value?.data?.notebookChanged;
    expect(value?.extensions).toMatchObject({ cursor: change?.cursor });
    cursors.push(change?.cursor ?? '');
    kinds.push(change?.kind ?? '');
  };

  const first = watch(null);
  const opening = take(first);
  await eventually(
    async () => {
      await rename('opening');
      expect(cursors.length).toBeGreaterThan(0);
    },
    { everyMs: 50 },
  );
  await opening;
  await first.return?.();

  const { id } = await startImport(client, notebookId, fileId);
  await delay(5_000); // the length of the interruption is what is tested
  await expectWhole(notebookId, id);

  const second = watch(cursors.at(-1) ?? '');
  while (kinds.at(-1) !== 'IMPORT_COMPLETED') await take(second);
  await rename('live again');
  while (kinds.at(-1) !== 'NOTEBOOK_RENAMED' || kinds.length < 4) await take(second);
  await second.return?.();

  expect(new Set(cursors).size).toBe(cursors.length);
  expect(cursors).toEqual(cursors.toSorted(byEntryId));
  expect(kinds.filter((kind) => kind === 'PAGE_READ')).toHaveLength(LESSON_PAGES.length);
  for (const once of ['IMPORT_STARTED', 'IMPORT_PAGES_FOUND', 'IMPORT_COMPLETED']) {
    expect(kinds.filter((kind) => kind === once)).toHaveLength(1);
  }
});

function byEntryId(a: string, b: string): number {
  const [aTime = 0, aSequence = 0] = (a.split('.')[1] ?? '').split('-').map(Number);
  const [bTime = 0, bSequence = 0] = (b.split('.')[1] ?? '').split('-').map(Number);
  return aTime - bTime || aSequence - bSequence;
}
