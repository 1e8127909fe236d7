import { notebookChanged, notebookDeleted } from '@terakoya/common/contracts';
import { eventually } from '@terakoya/common/testkit';

import { openStream } from './event-stream-client';
import { type Realtime, type Who, idOf, notebookOf, openRealtime, tokenFor } from './open-realtime';

const CHANGES = `subscription ($id: ID!, $after: String) {
  notebookChanged(id: $id, after: $after) { kind notebook { title summary } }
}`;
const change = (kind: string) => ({ kind, pageId: null });

let realtime: Realtime;
let url = '';
beforeAll(async () => {
  realtime = await openRealtime({ PING_MS: '200', MAX_SUBSCRIPTIONS_PER_USER: '2' });
  url = `http://127.0.0.1:${realtime.port}/graphql`;
});
afterAll(() => realtime.close());

const authorized = (user: string, who: Who = {}) => ({ authorization: `Bearer ${tokenFor(user, who)}` });
const kinds = (events: readonly { event: string; data: string }[]) =>
  events.filter(({ event }) => event === 'next').map(({ data }) => JSON.parse(data).data?.notebookChanged.kind);

test('POST: each result is `next` with its cursor as id, the end is `complete`, and a comment comes now and then', async () => {
  const { notebookId, tell } = notebookOf(realtime, 'aoi');
  const body = { query: CHANGES, variables: { id: notebookId } };
  const stream = await openStream({ url, body, headers: authorized('aoi') });
  expect([stream.status, stream.headers['content-type'], stream.headers['cache-control']]).toEqual([
    200,
    'text/event-stream; charset=utf-8',
    'no-store',
  ]);
  await eventually(() => expect(stream.comments.length).toBeGreaterThan(0));
  await tell(notebookChanged, change('PAGE_READ'), change('PAGE_FAILED'));
  await eventually(() => expect(kinds(stream.events)).toEqual(['PAGE_READ', 'PAGE_FAILED']));
  const [first] = stream.events;
  expect(JSON.parse(first?.data ?? '')).toMatchObject({
    data: { notebookChanged: { notebook: { title: `notebook ${notebookId}`, summary: `summary of ${notebookId}` } } },
    extensions: { cursor: first?.id },
  });
  await tell(notebookDeleted, {});
  await stream.ended;
  expect(stream.events.at(-1)).toEqual({ event: 'complete', id: null, data: '' });
});

test('GET with Last-Event-ID goes on after it: what was missed, in order, each once', async () => {
  const { notebookId, tell } = notebookOf(realtime, 'ben');
  const query = new URLSearchParams({ query: CHANGES, variables: JSON.stringify({ id: notebookId }) });
  const get = (headers: Record<string, string>) =>
    openStream({ url: `${url}?${query.toString()}`, method: 'GET', headers: { ...authorized('ben'), ...headers } });
  const first = await get({});
  await eventually(() => expect(first.comments.length).toBeGreaterThan(0));
  await tell(notebookChanged, change('IMPORT_STARTED'));
  await eventually(() => expect(first.events).toHaveLength(1));
  first.stop();
  await tell(notebookChanged, change('PAGE_READ'), change('PAGE_FAILED'));
  const second = await get({ 'last-event-id': first.events[0]?.id ?? '' });
  await tell(notebookChanged, change('IMPORT_COMPLETED'));
  await eventually(() => expect(kinds(second.events)).toEqual(['PAGE_READ', 'PAGE_FAILED', 'IMPORT_COMPLETED']));
  second.stop();
  const expired = await get({ 'last-event-id': Buffer.from('ff.1-1.1-1').toString('base64url') });
  await expired.ended;
  expect(expired.events.map(({ event }) => event)).toEqual(['next', 'complete']);
  expect(JSON.parse(expired.events[0]?.data ?? '').errors).toMatchObject([{ extensions: { code: 'CURSOR_EXPIRED' } }]);
});

test('runs queries and mutations too; what may not run is told in the stream', async () => {
  const outcome = async (query: string, method: 'GET' | 'POST' = 'POST') => {
    const target = method === 'GET' ? `${url}?${new URLSearchParams({ query }).toString()}` : url;
    const asked = { url: target, method, headers: authorized('cho') };
    const stream = await openStream(method === 'GET' ? asked : { ...asked, body: { query } });
    await stream.ended;
    return stream.events.map(({ event, data }) => (event === 'next' ? JSON.parse(data) : event));
  };
  expect(await outcome('{ whoAmI }', 'GET')).toEqual([{ data: { whoAmI: idOf('cho') } }, 'complete']);
  expect(await outcome('mutation { rename(id: "n") { title } }')).toEqual([
    { data: { rename: { title: 'renamed' } } },
    'complete',
  ]);
  for (const [query, method, code] of [
    ['mutation { rename(id: "n") { title } }', 'GET', 'BAD_USER_INPUT'],
    ['{ nothingOfTheKind }', 'POST', 'BAD_USER_INPUT'],
    ['subscription { notebookChanged(id: "none") { kind } }', 'POST', 'BAD_USER_INPUT'],
  ] as const) {
    expect(await outcome(query, method)).toMatchObject([{ errors: [{ extensions: { code } }] }, 'complete']);
  }
});

test.each([
  ['a wrong token', { authorization: 'Bearer nonsense' }, 401, 'UNAUTHENTICATED'],
  ['a page of another origin', { origin: 'https://elsewhere.example' }, 403, 'FORBIDDEN'],
  ['a body that is no JSON', { 'content-type': 'text/plain' }, 415, 'BAD_USER_INPUT'],
  ['no stream asked for', { accept: 'application/json' }, 426, 'BAD_USER_INPUT'],
])('refuses %s before the stream begins', async (_what, headers, status, code) => {
  const stream = await openStream({ url, body: { query: '{ whoAmI }' }, headers });
  expect([stream.status, JSON.parse(await stream.ended).errors[0].extensions.code]).toEqual([status, code]);
});

test('a page of the web app may ask, after its preflight', async () => {
  const origin = 'http://localhost:3000';
  const preflight = await openStream({ url, method: 'OPTIONS', headers: { origin } });
  expect([preflight.status, preflight.headers['access-control-allow-headers']]).toEqual([
    204,
    expect.stringContaining('last-event-id'),
  ]);
  const stream = await openStream({ url, body: { query: '{ whoAmI }' }, headers: { origin } });
  expect(stream.headers['access-control-allow-origin']).toBe(origin);
  await stream.ended;
});

test('a user has only so many subscriptions, other users their own', async () => {
  const { notebookId } = notebookOf(realtime, 'dai');
  const open = (user: string) =>
    openStream({ url, body: { query: CHANGES, variables: { id: notebookId } }, headers: authorized(user) });
  const streams = [await open('dai'), await open('dai'), await open('dai')];
  const [, , third] = streams;
  await third?.ended;
  expect(JSON.parse(third?.events[0]?.data ?? '').errors).toMatchObject([
    { extensions: { code: 'LIMIT_EXCEEDED', limit: 'subscriptions of a user', maximum: 2 } },
  ]);
  const fourth = await open('dai');
  await fourth.ended;
  const others = await open('emi');
  await others.ended;
  expect(JSON.parse(others.events[0]?.data ?? '').errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
  for (const stream of streams) stream.stop();
});

test('a stream ends with its token, with an error that says so', async () => {
  const { notebookId } = notebookOf(realtime, 'fumi');
  const headers = authorized('fumi', { lifetimeSeconds: 2 });
  const stream = await openStream({ url, body: { query: CHANGES, variables: { id: notebookId } }, headers });
  await stream.ended;
  expect(stream.events.map(({ event }) => event)).toEqual(['next', 'complete']);
  expect(JSON.parse(stream.events[0]?.data ?? '').errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
});

test('one who reads too slowly is cut off, and goes on from the last cursor', async () => {
  const own = await openRealtime({ MAX_QUEUED_EVENTS: '10' });
  try {
    const { notebookId, tell } = notebookOf(own, 'gin');
    const target = `http://127.0.0.1:${own.port}/graphql`;
    const body = { query: CHANGES, variables: { id: notebookId } };
    const stream = await openStream({ url: target, body, headers: authorized('gin') });
    await eventually(async () => {
      await tell(notebookChanged, change('PAGE_READ'));
      expect(stream.events.length).toBeGreaterThan(0);
    });
    const { promise, resolve } = Promise.withResolvers<void>();
    own.world.gate = promise;
    await tell(notebookChanged, ...Array.from({ length: 30 }, () => change('PAGE_FAILED')));
    await stream.ended;
    resolve();
    expect(new Set(kinds(stream.events))).toEqual(new Set(['PAGE_READ']));
    own.world.gate = Promise.resolve();
    const headers = { ...authorized('gin'), 'last-event-id': stream.events[0]?.id ?? '' };
    const resumed = await openStream({ url: target, body, headers });
    await resumed.ended; // 30 are more than may wait: never a part of them
    expect(JSON.parse(resumed.events[0]?.data ?? '').errors).toMatchObject([
      { extensions: { code: 'CURSOR_EXPIRED' } },
    ]);
  } finally {
    await own.close();
  }
});

test('closing breaks streams off without `complete`, so that clients come again', async () => {
  const own = await openRealtime();
  const { notebookId } = notebookOf(own, 'hana');
  const body = { query: CHANGES, variables: { id: notebookId } };
  const stream = await openStream({ url: `http://127.0.0.1:${own.port}/graphql`, body, headers: authorized('hana') });
  await own.close();
  expect(await stream.ended).toContain('retry: 1000');
  expect(stream.events).toEqual([]);
});
