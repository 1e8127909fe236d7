import { v7 as uuid } from 'uuid';

import {
  type EventContract,
  importCompleted,
  notebookChanged,
  notebookDeleted,
  pageRead,
  summariseNotebook,
  summaryReady,
  type TaskPayload,
} from '@terakoya/common/contracts';
import { SchoolError } from '@terakoya/common/errors';
import { encodeId } from '@terakoya/common/global-ids';
import { closeInReverse } from '@terakoya/common/lifecycle';
import { createLogger } from '@terakoya/common/logging';
import type { LocalRedis } from '@terakoya/common/local-servers';
import { createTaskWorker, implementTask } from '@terakoya/common/queue';
import { createEventLog, type EventLog } from '@terakoya/common/streams';
import {
  type TestDatabase,
  asViewer,
  createTestDatabase,
  eventually,
  startOwnRedis,
  statementsOf,
  prepareTestRoles,
  testIdentity,
  testRoleUrl,
} from '@terakoya/common/testkit';

import { assistantConfig } from '../src/config';
import { createAssistant } from '../src/service';
import { SUMMARISED_CHARACTERS } from '../src/summary/summary.service';

type Job = TaskPayload<typeof summariseNotebook>;

const logger = createLogger('test', 'silent');
const viewer = asViewer('STUDENT');
let database: TestDatabase;
let redis: LocalRedis;
let eventLog: EventLog;
let base = '';
let opened: { close(): Promise<void> }[] = [];
let ran: Job[] = [];
/** What the worker waits for or throws. */
let before: (job: Job) => Promise<void> = () => Promise.resolve();

beforeAll(async () => {
  database = await createTestDatabase();
  await prepareTestRoles(database.url, 'assistant');
  redis = await startOwnRedis();
  const connection = { redisUrl: redis.url, prefix: 'test' };
  eventLog = createEventLog(connection);
  const summarise = implementTask(summariseNotebook, async (job) => {
    ran.push(job);
    await before(job);
    const text = job.pages.map((page) => page.text).join(' ');
    return {
      language: 'en' as const,
      engine: 'test',
      summaries: { short: `${job.revision}: ${text.slice(0, 20)}`, medium: 'm'.repeat(300), long: 'l' },
      keywords: [{ term: 'light', weight: 0.5 }],
    };
  });
  const worker = createTaskWorker({ ...connection, tasks: [summarise], concurrency: 4, logger });
  const service = createAssistant(
    assistantConfig.read({
      PORT: '0',
      LOG_LEVEL: 'silent',
      DATABASE_URL: testRoleUrl(database.url, 'assistant'),
      REDIS_URL: redis.url,
      REDIS_PREFIX: 'test',
      IDENTITY_SECRET: testIdentity.secret,
    }),
  );
  opened = [eventLog, service, worker];
  base = `http://127.0.0.1:${(await service.start()).port}`;
  await worker.start();
});
afterAll(async () => {
  await closeInReverse(opened);
  await redis.stop();
  await database.drop();
});
beforeEach(() => {
  ran = [];
  before = () => Promise.resolve();
});

async function tell(
  contract: EventContract,
  notebookId: string,
  facts: object = {},
  id: string = uuid(),
): Promise<string> {
  const payload = { notebookId, ownerId: viewer.userId, ...facts };
  const { name, domain } = contract;
  const event = { id, name, domain, aggregateId: notebookId, payload, traceparent: null };
  await eventLog.append([{ ...event, occurredAt: Date.now(), isReplayed: false }]);
  return id;
}
const tellRead = (notebookId: string, number: number, text: string, pageId: string = uuid()) =>
  tell(pageRead, notebookId, { pageId, number, text });
const tellCompleted = (notebookId: string, id?: string) => tell(importCompleted, notebookId, { importId: uuid() }, id);
const tellEnded = (notebookId: string, kind: string) =>
  tell(notebookChanged, notebookId, { kind, pageId: null, importId: uuid() });

const FIELDS = 'state short medium long keywords { term weight } language engine updatedAt error { code message }';
const refer = (ids: readonly string[], who = viewer) =>
  who.ask(
    base,
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Notebook { id summary { ${FIELDS} } } } }`,
    { r: ids.map((id) => ({ __typename: 'Notebook', id: encodeId('Notebook', id) })) },
  );
const summaryOf = async (id: string, who = viewer) => (await refer([id], who)).data._entities[0].summary;
const summarise = (notebookId: string, who = viewer) =>
  who.ask(base, `mutation ($id: ID!) { summariseNotebook(notebookId: $id) { ${FIELDS} } }`, {
    id: encodeId('Notebook', notebookId),
  });
const until = (notebookId: string, facts: object) =>
  eventually(async () => expect(await summaryOf(notebookId)).toMatchObject(facts), { timeoutMs: 20_000 });

async function readyEvents(notebookId: string): Promise<number> {
  let found = 0;
  await eventLog.replay('assistant', `${await eventLog.epoch()}.0-0`, (batch) => {
    found += batch.filter(({ name, aggregateId }) => name === summaryReady.name && aggregateId === notebookId).length;
  });
  return found;
}

/** A notebook whose summary is ready. */
async function summarised(text = 'Light and water'): Promise<string> {
  const notebookId = uuid();
  await tellRead(notebookId, 1, text);
  await tellCompleted(notebookId);
  await until(notebookId, { state: 'READY' });
  return notebookId;
}

test('waits while pages are read, summarises them in order when the import is complete, and says so once', async () => {
  const notebookId = uuid();
  expect(await summaryOf(notebookId)).toBeNull();
  await tellRead(notebookId, 2, 'and water');
  await until(notebookId, { state: 'WAITING', short: null, keywords: [] });
  await tellRead(notebookId, 1, 'Light');
  await tellRead(notebookId, 3, ' \n');
  await tellCompleted(notebookId);
  await until(notebookId, {
    state: 'READY',
    short: '1: Light and water',
    medium: 'm'.repeat(200),
    keywords: [{ term: 'light', weight: 0.5 }],
    language: 'en',
    engine: 'test',
    error: null,
  });
  expect(ran.map(({ pages }) => pages.map(({ number }) => number))).toEqual([[1, 2]]);
  await eventually(async () => expect(await readyEvents(notebookId)).toBe(1));
});

test('a notebook without text has no summary', async () => {
  const blank = uuid();
  const done = uuid();
  await tellRead(blank, 1, ' \n ');
  await tellCompleted(blank);
  await tellRead(done, 1, 'text');
  await until(done, { state: 'WAITING' });
  expect(await summaryOf(blank)).toBeNull();
  expect((await summarise(blank)).code).toBe('NOT_FOUND');
});

test('an import that was cancelled or failed leaves no summary waiting', async () => {
  for (const kind of ['IMPORT_CANCELLED', 'IMPORT_FAILED']) {
    const notebookId = uuid();
    await tellRead(notebookId, 1, 'half');
    await tellEnded(notebookId, kind);
    await until(notebookId, { state: 'READY', short: '1: half' });
    await tellEnded(notebookId, kind);
    await tellRead(notebookId, 2, 'more');
    await until(notebookId, { state: 'WAITING', short: '1: half' });
  }
  expect(ran).toHaveLength(2);
});

test('the newest revision wins', async () => {
  const gate = Promise.withResolvers<void>();
  before = ({ revision }) => (revision === 1 ? gate.promise : Promise.resolve());
  const notebookId = uuid();
  await tellRead(notebookId, 1, 'first');
  await tellCompleted(notebookId);
  await eventually(() => expect(ran).toHaveLength(1));
  await tellRead(notebookId, 2, 'second');
  await tellCompleted(notebookId);
  await until(notebookId, { state: 'READY', short: '2: first second' });
  gate.resolve();
  await summarised();
  expect(await summaryOf(notebookId)).toMatchObject({ state: 'READY', short: '2: first second' });
  expect(await readyEvents(notebookId)).toBe(1);
});

test('a failure is told, keeps what was made before, and can be mended by asking again, one at a time', async () => {
  const notebookId = await summarised('text');
  before = () => Promise.reject(new SchoolError('DOCUMENT_TOO_COMPLEX', 'It is too much.'));
  expect((await summarise(notebookId)).data.summariseNotebook).toMatchObject({ state: 'RUNNING', short: '1: text' });
  await until(notebookId, {
    state: 'FAILED',
    short: '1: text',
    error: { code: 'DOCUMENT_TOO_COMPLEX', message: 'It is too much.' },
  });
  const gate = Promise.withResolvers<void>();
  before = () => gate.promise;
  const answers = await Promise.all([1, 2, 3].map(() => summarise(notebookId)));
  expect(answers.map(({ code }) => code ?? 'begun').sort()).toEqual(['RATE_LIMITED', 'RATE_LIMITED', 'begun']);
  expect(answers.find(({ code }) => code)?.errors[0].extensions.retryAfterSeconds).toBeGreaterThan(0);
  gate.resolve();
  await until(notebookId, { state: 'READY', short: '3: text', error: null });
});

test('events that come twice have one effect', async () => {
  const notebookId = uuid();
  await tellRead(notebookId, 1, 'text');
  const eventId = await tellCompleted(notebookId);
  await until(notebookId, { state: 'READY' });
  await tellCompleted(notebookId, eventId);
  await summarised();
  expect(await summaryOf(notebookId)).toMatchObject({ state: 'READY', short: '1: text' });
  expect(ran.filter((job) => job.notebookId === notebookId)).toHaveLength(1);
});

test('a deleted notebook is forgotten', async () => {
  const notebookId = await summarised();
  await tell(notebookDeleted, notebookId);
  await eventually(async () => expect(await summaryOf(notebookId)).toBeNull());
  expect((await summarise(notebookId)).code).toBe('NOT_FOUND');
});

test('a summary is made from the first 200000 characters', async () => {
  const notebookId = uuid();
  for (const number of [1, 2, 3]) await tellRead(notebookId, number, String(number).repeat(90_000));
  await tellCompleted(notebookId);
  await until(notebookId, { state: 'READY' });
  expect(ran[0]?.pages.map(({ text }) => text.length)).toEqual([90_000, 90_000, SUMMARISED_CHARACTERS - 180_000]);
});

test('a summary is for the owner alone', async () => {
  const notebookId = await summarised('secret');
  for (const role of ['STUDENT', 'TEACHER', 'SUPPORTER', 'ADMIN'] as const) {
    expect(await summaryOf(notebookId, asViewer(role))).toBeNull();
    expect((await summarise(notebookId, asViewer(role))).code).toBe('NOT_FOUND');
  }
  const nobody = asViewer(null);
  const refused = await refer([notebookId], nobody);
  expect([refused.code, refused.data._entities[0].summary]).toEqual(['UNAUTHENTICATED', null]);
  expect((await summarise(notebookId, nobody)).code).toBe('UNAUTHENTICATED');
  expect((await summarise(uuid())).code).toBe('NOT_FOUND');
});

test('one statement answers for many notebooks', async () => {
  const ids = [await summarised(), await summarised(), await summarised()];
  const count = async (asked: readonly string[]) =>
    (await statementsOf(/FROM .*notebook_summary/, async () => void expect((await refer(asked)).errors).toEqual([])))
      .length;
  expect([await count(ids.slice(0, 1)), await count(ids)]).toEqual([1, 1]);
});

test('a Redis that comes back empty loses no summary, and old events that come again change nothing', async () => {
  const known = await summarised('known');
  const gate = Promise.withResolvers<void>();
  before = () => gate.promise;
  const notebookId = uuid();
  const pageId = uuid();
  await tellRead(notebookId, 1, 'kept', pageId);
  const completed = await tellCompleted(notebookId);
  await until(notebookId, { state: 'RUNNING' });
  const { port } = redis;
  await redis.kill();
  redis = await startOwnRedis(port);
  gate.resolve();
  before = () => Promise.resolve();
  await until(notebookId, { state: 'READY', short: '1: kept' });
  await tellCompleted(notebookId, completed);
  await tellRead(known, 2, 'after');
  await tellCompleted(known);
  await until(known, { state: 'READY', short: '2: known after' });
  expect(await summaryOf(notebookId)).toMatchObject({ state: 'READY', short: '1: kept' });
  expect(new Set(ran.filter((job) => job.notebookId === notebookId).map(({ revision }) => revision))).toEqual(
    new Set([1]),
  );
});
