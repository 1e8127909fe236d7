import { EVENTS } from '@terakoya/common/contracts';
import type { Service } from '@terakoya/common/lifecycle';
import { createEventLog } from '@terakoya/common/streams';
import { createTestRedis, eventually } from '@terakoya/common/testkit';

import { get, post, signedIn } from './ask';
import { type GuardedGraph, startGuardedGraph } from './guarded-graph';
import { openGateway } from './open-gateway';

const { redisUrl, prefix } = createTestRedis();
let graph: GuardedGraph;
let service: Service;
let base = '';

beforeAll(async () => {
  graph = await startGuardedGraph();
  ({ service, base } = await openGateway(graph, { REDIS_URL: redisUrl, REDIS_PREFIX: prefix }));
});
beforeEach(() => void (graph.asked.length = 0));
afterAll(async () => {
  await service.close();
  await graph.close();
});

const ITEM = 'query Item($id: ID!) { item(id: $id) { id name } }';
const times = (what: string): number => graph.asked.filter((asked) => asked === what).length;

test('keeps what @cacheControl allows, for everybody, and tells its age', async () => {
  const first = await post(base, { query: ITEM, variables: { id: 'kept' } });
  const second = await post(base, { query: ITEM, variables: { id: 'kept' } }, signedIn('STUDENT'));
  expect(second.body).toEqual(first.body);
  expect([first.headers.get('age'), Number(second.headers.get('age')), times('item kept')]).toEqual([null, 0, 1]);
  await post(base, { query: ITEM, variables: { id: 'another' } });
  expect(times('item another')).toBe(1);
  const metrics = await (await fetch(`${base}/metrics`)).text();
  expect(metrics).toMatch(/terakoya_gateway_response_cache_total\{result="hit"\} [1-9]/);
});

test('PRIVATE never crosses users, whatever they send, and is not kept for nobody', async () => {
  const users = ['u1', 'u2', 'u3'];
  const query = '{ mine { owner } }';
  for (let round = 0; round < 4; round += 1) {
    const answers = await Promise.all(
      users.flatMap((user) => [
        post(base, { query }, signedIn('STUDENT', user)),
        get(base, { query }, signedIn('STUDENT', user)),
      ]),
    );
    answers.forEach(({ body }, index) => expect(body.data.mine.owner).toBe(users[Math.floor(index / 2)]));
    expect((await post(base, { query })).body.data.mine.owner).toBeNull();
  }
  expect(graph.asked.length).toBeLessThanOrEqual(users.length * 2 + 4);
  const { headers } = await get(base, { query }, signedIn('STUDENT', 'u1'));
  expect([headers.get('cache-control'), headers.get('vary')]).toEqual([
    'max-age=60, private',
    'Origin, Accept, Authorization',
  ]);
});

test('what some are refused is kept apart, and never as a public response', async () => {
  const query = '{ item(id: "guarded") { id secret } }';
  for (let round = 0; round < 2; round += 1) {
    expect((await post(base, { query })).body.data).toEqual({ item: { id: 'guarded', secret: null } });
    expect((await post(base, { query }, signedIn('STUDENT'))).body.data.item.secret).toBe('secret');
  }
  const { headers } = await get(base, { query }, signedIn('STUDENT'));
  expect(headers.get('cache-control')).toBe('max-age=60, private');
});

test('nothing is kept of mutations, of errors, and of what the schema says nothing about', async () => {
  const mutation = 'mutation { paint(id: "m", colour: "red") { id } }';
  for (let round = 0; round < 2; round += 1) {
    await post(base, { query: mutation });
    await post(base, { query: '{ things { id } }' });
    await post(base, { query: '{ open closed }' });
  }
  expect([times('item m'), times('item a'), times('open')]).toEqual([2, 2, 2]);
});

test('an event forgets what shows the thing it is about, and nothing else', async () => {
  const [changed] = [...EVENTS.values()].filter(({ name }) => name === 'notes.notebook.changed');
  const id = '0198c0de-0000-7000-8000-000000000001';
  const other = '0198c0de-0000-7000-8000-000000000002';
  const ask = (which: string) => post(base, { query: ITEM, variables: { id: which } });
  await Promise.all([ask(id), ask(other)]);
  const log = createEventLog({ redisUrl, prefix });
  const tell = (): Promise<void> =>
    log.append([
      {
        id: crypto.randomUUID(),
        name: changed?.name ?? '',
        domain: changed?.domain ?? '',
        aggregateId: id,
        payload: { notebookId: id },
        traceparent: null,
        occurredAt: Date.now(),
        isReplayed: false,
      },
    ]);
  try {
    await eventually(async () => {
      await tell();
      await ask(id);
      expect(times(`item ${id}`)).toBeGreaterThan(1);
    });
    await ask(other);
    expect(times(`item ${other}`)).toBe(1);
  } finally {
    await log.close();
  }
});

test('a mutation is seen at once by whoever made it', async () => {
  const ask = (headers = {}) => post(base, { query: '{ item(id: "p") { id colour } mine { owner } }' }, headers);
  const me = signedIn('STUDENT', 'painter');
  expect((await ask(me)).body.data.item.colour).toBe('white');
  await post(base, { query: 'mutation { paint(id: "p", colour: "blue") { id } }' }, me);
  expect((await ask(me)).body.data.item.colour).toBe('blue');
});

test('what is older than its maxAge is fetched again', async () => {
  const short = await openGateway(
    { ...graph, supergraphSdl: graph.supergraphSdl.replaceAll('maxAge: 60', 'maxAge: 1') },
    { RESPONSE_CACHE_BYTES: '1000000' },
  );
  try {
    const ask = () => post(short.base, { query: ITEM, variables: { id: 'brief' } });
    await ask();
    await ask();
    expect(times('item brief')).toBe(1);
    await eventually(async () => {
      await ask();
      expect(times('item brief')).toBe(2);
    });
  } finally {
    await short.service.close();
  }
});

test('RESPONSE_CACHE_BYTES=0 keeps nothing', async () => {
  const none = await openGateway(graph, { RESPONSE_CACHE_BYTES: '0' });
  try {
    for (let round = 0; round < 2; round += 1) await post(none.base, { query: ITEM, variables: { id: 'none' } });
    expect(times('item none')).toBe(2);
  } finally {
    await none.service.close();
  }
});
