import { once } from 'node:events';

import { WebSocket } from 'ws';

import { notebookChanged } from '@terakoya/common/contracts';
import { metricsText } from '@terakoya/common/telemetry';
import { eventually } from '@terakoya/common/testkit';

import { type Realtime, connectAs, idOf, listen, notebookOf, openRealtime, tokenFor } from './open-realtime';

const CHANGES = 'subscription ($id: ID!) { notebookChanged(id: $id) { kind } }';

let realtime: Realtime;
beforeAll(async () => {
  realtime = await openRealtime({
    CONNECTION_INIT_MS: '300',
    PING_MS: '200',
    MAX_SUBSCRIPTIONS: '3',
    MAX_MESSAGE_BYTES: '5000',
  });
});
afterAll(() => realtime.close());

/** A socket that speaks the protocol by hand. */
async function open(options: { origin?: string; autoPong?: boolean } = {}, at = realtime) {
  const socket = new WebSocket(at.url, 'graphql-transport-ws', options);
  const messages: { type: string; payload?: unknown }[] = [];
  socket.on('message', (data: Buffer) => messages.push(JSON.parse(data.toString())));
  const closed = new Promise<readonly [number, string]>((resolve) => {
    socket.once('close', (code, reason) => resolve([code, String(reason)]));
  });
  await once(socket, 'open');
  return { socket, messages, closed, send: (message: object) => socket.send(JSON.stringify(message)) };
}

test('runs queries and mutations too, for the viewer of the token', async () => {
  const client = connectAs(realtime, 'aoi');
  const query = listen(client, '{ whoAmI }');
  const mutation = listen(client, 'mutation { rename(id: "n") { title } }');
  const wrong = listen(client, '{ nothingOfTheKind }');
  await eventually(() => expect([query.ended, mutation.ended]).toEqual(['complete', 'complete']));
  expect([query.results, mutation.results]).toEqual([
    [{ data: { whoAmI: idOf('aoi') } }],
    [{ data: { rename: { title: 'renamed' } } }],
  ]);
  await eventually(() => expect(wrong.ended).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]));
  await client.dispose();
});

test('a directive at the root of a subscription is an error of that operation alone', async () => {
  const client = connectAs(realtime, 'aoi');
  const heard = listen(client, 'subscription ($a: Boolean!) { notebookChanged(id: 1) @include(if: $a) { kind } }', {
    a: true,
  });
  await eventually(() => expect(heard.ended).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]));
  const query = listen(client, '{ whoAmI }');
  await eventually(() => expect(query.ended).toBe('complete'));
  await client.dispose();
});

test('nobody signed in may ask, but not subscribe: an error, then 4403', async () => {
  const { messages, closed, send } = await open();
  send({ type: 'connection_init' });
  await eventually(() => expect(messages).toHaveLength(1));
  send({ id: '1', type: 'subscribe', payload: { query: '{ whoAmI }' } });
  await eventually(() => expect(messages.map(({ type }) => type)).toEqual(['connection_ack', 'next', 'complete']));
  send({ id: '2', type: 'subscribe', payload: { query: CHANGES, variables: { id: 'x' } } });
  expect(await closed).toEqual([4403, 'Forbidden: subscriptions need an access token']);
  expect(messages.at(-1)).toMatchObject({
    type: 'error',
    id: '2',
    payload: [{ extensions: { code: 'UNAUTHENTICATED' } }],
  });
});

test.each([
  ['a wrong token', { authorization: 'Bearer nonsense' }],
  ['another scheme', { Authorization: 'Basic abc' }],
])('%s is closed with 4403', async (_what, payload) => {
  const { closed, send } = await open();
  send({ type: 'connection_init', payload });
  expect((await closed)[0]).toBe(4403);
});

test('a connection ends with its token', async () => {
  const { notebookId } = notebookOf(realtime, 'aoi');
  const { messages, closed, send } = await open();
  send({ type: 'connection_init', payload: { authorization: `Bearer ${tokenFor('aoi', { lifetimeSeconds: 2 })}` } });
  await eventually(() => expect(messages).toMatchObject([{ type: 'connection_ack' }]));
  send({ id: '1', type: 'subscribe', payload: { query: CHANGES, variables: { id: notebookId } } });
  expect(await closed).toEqual([4403, 'Forbidden: the access token has expired']);
});

test('who does not say who they are in time is closed with 4408', async () => {
  expect((await (await open()).closed)[0]).toBe(4408);
});

test('a message that is too large, and one that is none, close the connection', async () => {
  const large = await open();
  large.send({ type: 'connection_init', payload: { padding: 'x'.repeat(6_000) } });
  expect((await large.closed)[0]).toBe(1009);
  const none = await open();
  none.socket.send('hello');
  expect((await none.closed)[0]).toBe(4400);
});

const INIT = { type: 'connection_init' };
const ASK = { id: '1', type: 'subscribe', payload: { query: 'mutation { rename(id: "n") { title } }' } };

test.each([
  ['a subscribe before connection_init', [ASK], 4401, 'Unauthorized'],
  ['a second connection_init', [INIT, INIT], 4429, 'Too many initialisation requests'],
  ['an id that is in use', [INIT, ASK, ASK], 4409, 'Subscriber for 1 already exists'],
  [
    'a message that only servers send',
    [INIT, { id: '1', type: 'next', payload: {} }],
    4400,
    'Invalid message received',
  ],
  ['a type that is none', [INIT, { type: 'hello' }], 4400, 'Invalid message received'],
  ['a subscribe without a query', [INIT, { ...ASK, payload: {} }], 4400, 'Invalid message received'],
])('%s closes the connection as graphql-transport-ws says', async (_what, messages, code, reason) => {
  const { closed, send } = await open();
  for (const message of messages) send(message);
  expect(await closed).toEqual([code, reason]);
});

test('another subprotocol is closed with 4406', async () => {
  const socket = new WebSocket(realtime.url);
  const [code] = await once(socket, 'close');
  expect(code).toBe(4406);
});

test('answers a ping with its payload; an operation that was completed says no more, and its id is free again', async () => {
  const { messages, socket, send } = await open();
  send(INIT);
  send({ type: 'ping', payload: { at: 1 } });
  send({ type: 'pong' });
  send({ id: '1', type: 'subscribe', payload: { query: '{ whoAmI }' } });
  send({ id: '1', type: 'complete' });
  send({ id: '1', type: 'subscribe', payload: { query: '{ who: whoAmI }' } });
  await eventually(() => expect(messages.at(-1)).toEqual({ type: 'complete', id: '1' }));
  expect(messages).toEqual([
    { type: 'connection_ack' },
    { type: 'pong', payload: { at: 1 } },
    { type: 'next', id: '1', payload: { data: { who: null } } },
    { type: 'complete', id: '1' },
  ]);
  socket.terminate();
});

test('only so many operations run on one connection', async () => {
  const client = connectAs(realtime, 'aoi');
  const heard = Array.from({ length: 5 }, () =>
    listen(client, CHANGES, { id: notebookOf(realtime, 'aoi').notebookId }),
  );
  await eventually(() => expect(heard.filter(({ ended }) => ended !== null)).toHaveLength(2));
  expect(heard.find(({ ended }) => ended !== null)?.ended).toMatchObject([
    { extensions: { code: 'LIMIT_EXCEEDED', maximum: 3 } },
  ]);
  heard[0]?.stop();
  await client.dispose();
});

test('pages of other origins cannot connect, those of the web app can', async () => {
  await expect(open({ origin: 'https://elsewhere.example' })).rejects.toThrow('403');
  const { socket } = await open({ origin: 'http://localhost:3000' });
  socket.terminate();
  const same = await open({ origin: `http://127.0.0.1:${realtime.port}` });
  same.socket.terminate();
});

test('one who does not read is closed with 1013, and holds up nobody else', async () => {
  const own = await openRealtime({ MAX_BUFFERED_BYTES: '1000000' });
  try {
    const { notebookId, tell } = notebookOf(own, 'aoi');
    const query =
      'subscription ($id: ID!) { notebookChanged(id: $id) { kind notebook { pages(first: 500) { id text } } } }';
    const slow = await open({}, own);
    slow.send({ type: 'connection_init', payload: { authorization: `Bearer ${tokenFor('aoi')}` } });
    await eventually(() => expect(slow.messages).toHaveLength(1));
    slow.send({ id: '1', type: 'subscribe', payload: { query, variables: { id: notebookId } } });
    const client = connectAs(own, 'aoi');
    const heard = listen(client, query, { id: notebookId });
    await eventually(async () => {
      await tell(notebookChanged, { kind: 'PAGE_READ' });
      expect([heard.results.length > 0, slow.messages.length > 1]).toEqual([true, true]);
    });
    slow.socket.pause();
    const before = heard.results.length;
    for (let told = 0; told < 300; told += 20) {
      await tell(notebookChanged, ...Array.from({ length: 20 }, () => ({ kind: 'PAGE_FAILED' })));
      await eventually(() => expect(heard.results.length).toBeGreaterThanOrEqual(before + told));
    }
    await eventually(() => expect(heard.results.at(-1)?.data.notebookChanged.kind).toBe('PAGE_FAILED'));
    await eventually(async () => {
      expect(await metricsText()).toContain('terakoya_realtime_slow_consumers_total{transport="websocket"}');
    });
    expect(heard.ended).toBeNull();
    expect(heard.results.at(-1)?.data.notebookChanged.notebook.pages).toHaveLength(500);
    slow.socket.resume();
    expect([1006, 1013]).toContain((await slow.closed)[0]); // cut off when it does not read the close in 2 s either
    await client.dispose();
  } finally {
    await own.close();
  }
});

test('one who does not answer a ping is cut off', async () => {
  const { closed, send } = await open({ autoPong: false });
  send({ type: 'connection_init', payload: { authorization: `Bearer ${tokenFor('aoi')}` } });
  expect((await closed)[0]).toBe(1006);
});

test('tells HTTP clients to upgrade, and its health', async () => {
  const at = (path: string) => fetch(`http://127.0.0.1:${realtime.port}${path}`).then(({ status }) => status);
  expect([await at('/graphql'), await at('/elsewhere'), await at('/health'), await at('/ready')]).toEqual([
    426, 404, 200, 200,
  ]);
});

test('closing tells every client to connect again', async () => {
  const own = await openRealtime();
  const { messages, closed, send } = await open({}, own);
  send({ type: 'connection_init', payload: { authorization: `Bearer ${tokenFor('aoi')}` } });
  await eventually(() => expect(messages).toHaveLength(1));
  await own.close();
  expect((await closed)[0]).toBe(1012);
});
