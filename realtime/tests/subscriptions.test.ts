import { randomUUID as uuid } from 'node:crypto';

import { notebookChanged, notebookDeleted, summaryReady } from '@terakoya/common/contracts';
import { encodeId } from '@terakoya/common/global-ids';
import { metricsText } from '@terakoya/common/telemetry';
import { eventually, startOwnRedis } from '@terakoya/common/testkit';

import { type Realtime, connectAs, listen, notebookOf, openRealtime, startNotes } from './open-realtime';

const CHANGES = `subscription ($id: ID!, $after: String) {
  change: notebookChanged(id: $id, after: $after) {
    kind cursor occurredAt page { id text } importJob { id } notebook { title summary }
  }
}`;
const pages = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => ({
    kind: 'PAGE_READ',
    pageId: `00000000-0000-4000-8000-${String(from + index).padStart(12, '0')}`,
  }));
const pageNumbers = (results: { data: { change: { page: { id: string } } } }[]) =>
  results.map(({ data }) => Number(data.change.page.id.slice(-12)));

let realtime: Realtime;
beforeAll(async () => {
  realtime = await openRealtime();
});
afterAll(() => realtime.close());

const subscriptions = async () =>
  Number(/realtime_subscriptions\{topic="notebookChanged"\} (\d+)/.exec(await metricsText())?.[1] ?? 0);

/** A subscriber who is surely listening: the gauge has counted them. `leave` waits until it has counted them out. */
async function subscribe(user: string, id: string, after?: string, at = realtime) {
  const client = connectAs(at, user);
  const before = await subscriptions();
  const heard = listen(client, CHANGES, { id, after });
  await eventually(async () => {
    if (heard.ended === null && heard.results.length === 0) expect(await subscriptions()).toBe(before + 1);
  });
  const leave = async (): Promise<void> => {
    await client.dispose();
    await eventually(async () => expect(await subscriptions()).toBeLessThanOrEqual(before));
  };
  return { heard, leave };
}

test('delivers each event in order, joined with the fields of every subgraph', async () => {
  const { notebookId, tell } = notebookOf(realtime, 'aoi');
  const { heard, leave } = await subscribe('aoi', notebookId);
  await tell(notebookChanged, { kind: 'IMPORT_STARTED', importId: uuid() }, ...pages(20));
  await eventually(() => expect(heard.results).toHaveLength(21));
  await tell(summaryReady, {});
  await eventually(() => expect(heard.results).toHaveLength(22));
  const [started, page] = heard.results;
  const firstPage = encodeId('Page', pages(1)[0]?.pageId ?? '');
  expect(started.data.change).toMatchObject({
    kind: 'IMPORT_STARTED',
    page: null,
    importJob: { id: expect.any(String) },
  });
  expect(page).toEqual({
    data: {
      change: {
        kind: 'PAGE_READ',
        cursor: expect.any(String),
        occurredAt: '2026-04-01T00:00:00.001Z',
        page: { id: firstPage, text: `text of ${firstPage}` },
        importJob: null,
        notebook: { title: `notebook ${notebookId}`, summary: `summary of ${notebookId}` },
      },
    },
    extensions: { cursor: page.data.change.cursor, traceId: 'ab'.repeat(16) },
  });
  expect(pageNumbers(heard.results.slice(1, 21))).toEqual(Array.from({ length: 20 }, (_, index) => index));
  expect(heard.results[21].data.change.kind).toBe('SUMMARY_READY');
  await leave();
});

test('goes on after the last cursor: nothing twice, nothing lost, in order, while more comes', async () => {
  const { notebookId, tell } = notebookOf(realtime, 'ben');
  const first = await subscribe('ben', notebookId);
  await tell(notebookChanged, ...pages(5));
  await eventually(() => expect(first.heard.results).toHaveLength(5));
  await first.leave();
  await tell(notebookChanged, ...pages(30, 5));
  await tell(summaryReady, {});
  const resumed = subscribe('ben', notebookId, first.heard.results[4].data.change.cursor);
  await tell(notebookChanged, ...pages(30, 35));
  const { heard, leave } = await resumed;
  await eventually(() => expect(heard.results).toHaveLength(61));
  const read = heard.results.filter(({ data }) => data.change.kind === 'PAGE_READ');
  expect(pageNumbers(read)).toEqual(Array.from({ length: 60 }, (_, index) => index + 5));
  const again = await subscribe('ben', notebookId, heard.results[60].data.change.cursor);
  await tell(notebookChanged, ...pages(1, 99));
  await eventually(() => expect(pageNumbers(again.heard.results)).toEqual([99]));
  await Promise.all([leave(), again.leave()]);
});

test.each([
  ['a notebook of somebody else', 'eve', {}, 'NOT_FOUND'],
  ['a notebook that does not exist', 'aoi', { id: encodeId('Notebook', uuid()) }, 'NOT_FOUND'],
  ['an id of something else', 'aoi', { id: encodeId('Page', uuid()) }, 'BAD_USER_INPUT'],
  ['what is no cursor', 'aoi', { after: 'nonsense' }, 'BAD_USER_INPUT'],
  [
    'a cursor of data that was lost',
    'aoi',
    { after: Buffer.from('ff.1-1.1-1').toString('base64url') },
    'CURSOR_EXPIRED',
  ],
])('refuses %s at once', async (_what, userId, variables, code) => {
  const { notebookId } = notebookOf(realtime, 'aoi');
  const client = connectAs(realtime, userId);
  const heard = listen(client, CHANGES, { id: notebookId, ...variables });
  await eventually(() => expect(heard.ended).toMatchObject([{ extensions: { code } }]));
  expect(heard.results).toEqual([]);
  await client.dispose();
});

test('is cut off when access ends, and hears nothing of the event that follows', async () => {
  const { notebookId, tell } = notebookOf(realtime, 'cho');
  const { heard, leave } = await subscribe('cho', notebookId);
  await tell(notebookChanged, ...pages(1));
  await eventually(() => expect(heard.results).toHaveLength(1));
  realtime.world.readers.delete(notebookId);
  await tell(notebookChanged, ...pages(3, 1));
  await eventually(() => expect(heard.ended).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]));
  expect(heard.results).toHaveLength(1);
  await leave();
});

test('the owner hears of the deletion as the last thing', async () => {
  const { notebookId, tell } = notebookOf(realtime, 'dai');
  const { heard, leave } = await subscribe('dai', notebookId);
  realtime.world.readers.delete(notebookId);
  await tell(notebookDeleted, {});
  await eventually(() => expect(heard.ended).toBe('complete'));
  expect(heard.results.map(({ data }) => [data.change.kind, data.change.notebook])).toEqual([
    ['NOTEBOOK_DELETED', null],
  ]);
  await leave();
});

test('waits for a subgraph that is away, and goes on in order when it is back', async () => {
  const own = await openRealtime();
  try {
    const { notebookId, tell } = notebookOf(own, 'emi');
    const { heard, leave } = await subscribe('emi', notebookId, undefined, own);
    await own.notes.close();
    await tell(notebookChanged, ...pages(3));
    const notes = await startNotes(own.world, own.notes.port);
    await eventually(() => expect(pageNumbers(heard.results)).toEqual([0, 1, 2]));
    await leave();
    await notes.close();
  } finally {
    await own.close();
  }
});

test('a Redis that lost its data ends subscriptions with CURSOR_EXPIRED, and new ones go on', async () => {
  let redis = await startOwnRedis();
  const own = await openRealtime({ REDIS_URL: redis.url });
  try {
    const { notebookId, tell } = notebookOf(own, 'fumi');
    const { heard, leave } = await subscribe('fumi', notebookId, undefined, own);
    await tell(notebookChanged, ...pages(1));
    await eventually(() => expect(heard.results).toHaveLength(1));
    await redis.kill();
    redis = await startOwnRedis(redis.port);
    await eventually(() => expect(heard.ended).toMatchObject([{ extensions: { code: 'CURSOR_EXPIRED' } }]), {
      timeoutMs: 20_000,
    });
    const fresh = await subscribe('fumi', notebookId, undefined, own);
    await tell(notebookChanged, ...pages(2, 7));
    await eventually(() => expect(pageNumbers(fresh.heard.results)).toEqual([7, 8]));
    await Promise.all([leave(), fresh.leave()]);
  } finally {
    await own.close();
    await redis.stop();
  }
});

test('an event that breaks its contract is left out and counted', async () => {
  const { notebookId, tell } = notebookOf(realtime, 'gin');
  const { heard, leave } = await subscribe('gin', notebookId);
  await tell(notebookChanged, { kind: 'NEVER_HEARD_OF' }, ...pages(1));
  await eventually(() => expect(pageNumbers(heard.results)).toEqual([0]));
  expect(await metricsText()).toContain('terakoya_realtime_unreadable_events_total{event="notes.notebook.changed"}');
  await leave();
});

test('one who reads too slowly is closed with a code that lets them go on', async () => {
  const own = await openRealtime({ MAX_QUEUED_EVENTS: '10' });
  try {
    const { notebookId, tell } = notebookOf(own, 'hana');
    const { heard, leave } = await subscribe('hana', notebookId, undefined, own);
    const { promise, resolve } = Promise.withResolvers<void>();
    own.world.gate = promise;
    await tell(notebookChanged, ...pages(20));
    await eventually(() => expect(heard.ended).toMatchObject({ code: 1013 }));
    resolve();
    await leave();
  } finally {
    await own.close();
  }
});
