import { Client } from 'pg';
import { v7 as uuid } from 'uuid';

import {
  type EventContract,
  type SourceDocument,
  type TaskContract,
  fileCompleted,
  fileDeleted,
  inspectDocument,
  readPage,
  renderPage,
} from '@terakoya/common/contracts';
import { Secret } from '@terakoya/common/config';
import { type ErrorCode, SchoolError } from '@terakoya/common/errors';
import { encodeId, parseId } from '@terakoya/common/global-ids';
import { closeInReverse } from '@terakoya/common/lifecycle';
import { createLogger } from '@terakoya/common/logging';
import { createQueues, createTaskWorker, implementTask } from '@terakoya/common/queue';
import { createDiskStorage } from '@terakoya/common/storage';
import { type LoggedEvent, createEventLog } from '@terakoya/common/streams';
import {
  type asViewer,
  createTestDatabase,
  createTestRedis,
  eventually,
  temporaryFolder,
  prepareTestRoles,
  testIdentity,
  testRoleUrl,
} from '@terakoya/common/testkit';

import { notesConfig } from '../src/config';
import { createNotes } from '../src/service';

const SECRET = 'a-secret-of-tests-with-32-characters';

/** What a page of a test document is: with text of its own, to be read from its image, or broken. */
export interface TestPage {
  readonly embedded?: string;
  readonly scanned?: string;
  readonly failsRendering?: ErrorCode;
  readonly failsReading?: ErrorCode;
  /** Rendering waits for this. */
  readonly after?: Promise<void>;
}

export interface RanJob {
  readonly task: TaskContract;
  readonly jobId: string;
  readonly payload: unknown;
  readonly number: number;
}

/** What an id that clients see is inside: in events, jobs and storage keys. */
export function keyOf(id: string): string {
  return parseId(id)?.key ?? '';
}

type Viewer = ReturnType<typeof asViewer>;

/** The running notes subgraph with real PostgreSQL, Redis and storage, and workers that know the test's documents. */
export async function openNotes(environment: Record<string, string> = {}) {
  const database = await createTestDatabase();
  await prepareTestRoles(database.url, 'notes');
  const redis = createTestRedis();
  const folder = temporaryFolder();
  const logger = createLogger('test', 'error');
  const config = notesConfig.read({
    PORT: '0',
    LOG_LEVEL: 'error',
    DATABASE_URL: testRoleUrl(database.url, 'notes'),
    REDIS_URL: redis.redisUrl,
    REDIS_PREFIX: redis.prefix,
    IDENTITY_SECRET: testIdentity.secret,
    FILE_STORAGE_DIRECTORY: folder.path,
    FILE_STORAGE_SECRET: SECRET,
    ...environment,
  });
  const storage = createDiskStorage({
    directory: folder.path,
    publicUrl: 'http://localhost',
    secret: new Secret(SECRET),
  });
  const eventLog = createEventLog(redis);
  const queues = createQueues(redis);
  const documents = new Map<string, readonly TestPage[]>();
  const ran: RanJob[] = [];
  /** The rendered pages by id. */
  const rendered = new Map<string, TestPage>();

  const workers = createWorkers();
  const service = createNotes(config);
  const base = `http://127.0.0.1:${(await service.start()).port}`;
  await Promise.all(workers.map((worker) => worker.start()));

  function createWorkers() {
    const note = (task: TaskContract, payload: unknown, jobId: string, number = 0) =>
      void ran.push({ task, payload, jobId, number });
    const image = async (key: string) => {
      await storage.put(key, Buffer.from('an image'), 'image/webp');
      return { key, contentType: 'image/webp', width: 1240, height: 1754, size: 8 };
    };
    const tasks = [
      implementTask(inspectDocument, async (payload, { jobId }) => {
        note(inspectDocument, payload, jobId);
        const pages = documents.get(payload.document.fileId);
        if (!pages) throw new SchoolError('DOCUMENT_CORRUPT', 'The document cannot be read.');
        return { pages: pages.map((_page, index) => ({ number: index + 1, width: 595, height: 842 })) };
      }),
      implementTask(renderPage, async (payload, { jobId }) => {
        const page = documents.get(payload.document.fileId)?.[payload.number - 1] ?? {};
        await page.after;
        rendered.set(payload.pageId, page);
        note(renderPage, payload, jobId, payload.number);
        if (page.failsRendering) throw new SchoolError(page.failsRendering, 'It cannot be rendered.');
        return {
          preview: await image(`${payload.keyPrefix}preview.webp`),
          thumbnail: await image(`${payload.keyPrefix}thumbnail.webp`),
          text: page.embedded === undefined ? null : textOf(page.embedded, 'embedded'),
          scan: page.embedded === undefined ? await image(`${payload.keyPrefix}scan.png`) : null,
        };
      }),
    ];
    const reading = implementTask(readPage, async (payload, { jobId }) => {
      note(readPage, payload, jobId);
      const page = rendered.get(payload.pageId);
      if (page?.failsReading) throw new SchoolError(page.failsReading, 'It cannot be read.');
      return { text: textOf(page?.scanned ?? '', 'tesseract') };
    });
    return [
      createTaskWorker({ ...redis, tasks, concurrency: 4, logger }),
      createTaskWorker({ ...redis, tasks: [reading], concurrency: 2, logger }),
    ];
  }

  const append = (contract: EventContract, aggregateId: string, payload: unknown, id: string = uuid()) =>
    eventLog.append([
      {
        id,
        name: contract.name,
        domain: contract.domain,
        aggregateId,
        payload,
        traceparent: null,
        occurredAt: Date.now(),
        isReplayed: false,
      },
    ]);

  return {
    base,
    ran,
    queues,
    storage,
    databaseUrl: config.DATABASE_URL,

    /** A document that the files subgraph has not told of yet. */
    makeFile(pages: readonly TestPage[] | null): string {
      const key = uuid();
      if (pages) documents.set(key, pages);
      return encodeId('File', key);
    },
    replaceFile(fileId: string, pages: readonly TestPage[]): void {
      documents.set(keyOf(fileId), pages);
    },
    async tellCompleted(fileId: string, ownerId: string, eventId: string = uuid()): Promise<void> {
      const key = keyOf(fileId);
      await append(fileCompleted, key, { ...documentOf(key), ownerId, name: 'a.pdf' }, eventId);
    },
    async tellDeleted(fileId: string, ownerId: string): Promise<void> {
      const key = keyOf(fileId);
      await append(fileDeleted, key, { fileId: key, ownerId });
    },

    /** The events about a notebook so far: kind or name, and the whole event. */
    async eventsOf(notebookId: string): Promise<{ what: string; event: LoggedEvent }[]> {
      const found: { what: string; event: LoggedEvent }[] = [];
      await eventLog.replay('notes', `${await eventLog.epoch()}.0-0`, (batch) => {
        for (const event of batch) {
          if (event.aggregateId !== keyOf(notebookId)) continue;
          const { kind } = event.payload as { kind?: string };
          found.push({ what: kind ?? event.name, event });
        }
      });
      return found;
    },

    /** How many jobs the outbox still has to see the end of. */
    async unsettledJobs(): Promise<number> {
      const client = new Client({ connectionString: config.DATABASE_URL });
      await client.connect();
      try {
        const { rows } = await client.query<{ jobs: number }>(
          "SELECT count(*)::int AS jobs FROM notes.outbox_message WHERE kind = 'job' AND settled_at IS NULL",
        );
        return rows[0]?.jobs ?? 0;
      } finally {
        await client.end();
      }
    },
    async kindsOf(notebookId: string): Promise<string[]> {
      return (await this.eventsOf(notebookId)).map(({ what }) => what);
    },

    async createNotebook(viewer: Viewer, title = 'Science'): Promise<string> {
      const made = await viewer.ask(base, 'mutation ($t: String!) { createNotebook(input: { title: $t }) { id } }', {
        t: title,
      });
      return made.data.createNotebook.id;
    },
    startImport(viewer: Viewer, notebookId: string, fileId: string) {
      return viewer.ask(
        base,
        `mutation ($n: ID!, $f: ID!) { importFile(input: { notebookId: $n, fileId: $f }) { ${IMPORT} } }`,
        { n: notebookId, f: fileId },
      );
    },
    /** Imports a file that was uploaded before. */
    async startPages(viewer: Viewer, notebookId: string, pages: readonly TestPage[] | null) {
      const fileId = this.makeFile(pages);
      await this.tellCompleted(fileId, viewer.userId);
      const { data } = await this.startImport(viewer, notebookId, fileId);
      return { id: data.importFile.id as string, fileId };
    },
    retryImport(viewer: Viewer, id: string) {
      return viewer.ask(base, 'mutation ($id: ID!) { retryImport(importId: $id) { id state error { code } } }', { id });
    },
    /** Uploads, imports, and waits for the end. */
    async importPages(viewer: Viewer, notebookId: string, pages: readonly TestPage[]) {
      const { id } = await this.startPages(viewer, notebookId, pages);
      return this.untilState(viewer, id, 'COMPLETED');
    },
    getImport(viewer: Viewer, id: string) {
      return viewer.ask(base, `query ($id: ID!) { importJob(id: $id) { ${IMPORT} } }`, { id });
    },
    untilState(viewer: Viewer, id: string, state: string) {
      return eventually(
        async () => {
          const { data } = await this.getImport(viewer, id);
          expect(data.importJob).toMatchObject({ state });
          return data.importJob;
        },
        { timeoutMs: 15_000 },
      );
    },
    async close(): Promise<void> {
      await closeInReverse([queues, eventLog, service, ...workers]);
      folder.remove();
      await database.drop();
    },
  };
}

export const IMPORT = `id state createdAt finishedAt file { id } notebook { id pageCount }
  progress { pagesFound pagesRendered pagesRead pagesFailed fraction } error { code message pageNumber }`;

export const PAGES = `pages(first: 100) { edges { node {
  id number state width height text textSource textEngine image { id width height contentType } thumbnail { id }
  words { edges { node { text confidence box { x y width height } } } } error { code message pageNumber } } } }`;

export async function pagesOf(base: string, viewer: Viewer, notebookId: string) {
  const { data } = await viewer.ask(base, `query ($id: ID!) { notebook(id: $id) { pageCount ${PAGES} } }`, {
    id: notebookId,
  });
  return data.notebook.pages.edges.map(({ node }: { node: Record<string, unknown> }) => node);
}

function documentOf(fileId: string): SourceDocument {
  return { fileId, key: `files/${fileId}`, contentType: 'application/pdf', size: 1000, sha256: '0'.repeat(64) };
}

function textOf(text: string, engine: string) {
  const words = text.split(/\s+/).filter((word) => word !== '');
  const box = (index: number) => ({ x: 0.1, y: Math.min(0.9, index * 0.05), width: 0.2, height: 0.04 });
  return { text, engine, words: words.map((word, index) => ({ text: word, box: box(index), confidence: 0.9 })) };
}
