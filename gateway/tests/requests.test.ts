import type { Service } from '@terakoya/common/lifecycle';

import { getPlainly, post, signedIn } from './ask';
import { type GuardedGraph, startGuardedGraph } from './guarded-graph';
import { openGateway } from './open-gateway';

let graph: GuardedGraph;
let service: Service;
let base = '';
beforeAll(async () => {
  graph = await startGuardedGraph();
  ({ service, base } = await openGateway(
    graph,
    { MAX_BATCH: '3', MAX_COST: '20' },
    { limits: { cost: 20, directives: 3 } },
  ));
});
afterAll(async () => {
  await service.close();
  await graph.close();
});

async function opened<T>(environment: Record<string, string>, work: (at: string) => Promise<T>): Promise<T> {
  const other = await openGateway(graph, environment);
  try {
    return await work(other.base);
  } finally {
    await other.service.close();
  }
}

describe('batches', () => {
  test('are answered in order, each operation by itself', async () => {
    const operations = [
      { query: '{ closed }' },
      { query: '{ missing }' },
      { query: 'query ($i: ID!) { item(id: $i) { id } }', variables: { i: 'z' } },
    ];
    const { status, body, headers } = await post(base, operations, signedIn('STUDENT'));
    expect([status, headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
    expect(body[0]).toEqual({ data: { closed: 'secret' } });
    expect(body[1].errors[0].extensions.code).toBe('BAD_USER_INPUT');
    expect(body[2]).toEqual({ data: { item: { id: 'z' } } });
  });

  test('have at least one and at most so many operations, all of them objects', async () => {
    const tooMany = await post(
      base,
      Array.from({ length: 4 }, () => ({ query: '{ open }' })),
    );
    expect([tooMany.status, tooMany.body.errors[0].extensions]).toMatchObject([
      413,
      { code: 'LIMIT_EXCEEDED', limit: 'batch', maximum: 3, actual: 4 },
    ]);
    for (const wrong of [[], [7], [null], [[{ query: '{ open }' }]], [{ query: 7 }]]) {
      expect((await post(base, wrong)).status).toBe(400);
    }
  });

  test('are refused when they are switched off', async () => {
    await opened({ MAX_BATCH: '1' }, async (at) => {
      const { status, body } = await post(at, [{ query: '{ open }' }]);
      expect([status, body.errors[0].extensions.code]).toEqual([400, 'BAD_USER_INPUT']);
    });
  });

  test('carry no subscription, and do not end for it', async () => {
    const { body } = await post(base, [{ query: 'subscription { x }' }, { query: '{ open }' }]);
    expect([body[0].errors[0].extensions.code, body[1].data]).toEqual(['BAD_USER_INPUT', { open: 'open to all' }]);
  });
});

describe('cost and directives', () => {
  test('a limit of cost is told with what the operation costs', async () => {
    const { body } = await post(base, { query: '{ items { neighbours { neighbours { neighbours { id } } } } }' });
    expect(body.errors[0].extensions).toEqual({
      code: 'LIMIT_EXCEEDED',
      limit: 'cost',
      maximum: 20,
      actual: 3 * (1 + 2 * (1 + 2 * (1 + 2))),
    });
  });
  test('who asks is told what an operation costs, others are not', async () => {
    const query = '{ items { neighbours { id } } }';
    const { body } = await post(base, { query }, { 'x-graphql-cost': '1' });
    expect(body.extensions).toEqual({ cost: { estimated: 9, maximum: 20 } });
    expect((await post(base, { query })).body.extensions).toBeUndefined();
  });
  test('directives are counted', async () => {
    const query =
      '{ open @skip(if: false) @include(if: true) closed @skip(if: true) item(id: "a") @skip(if: true) { id } }';
    expect((await post(base, { query })).body.errors[0].extensions).toMatchObject({ limit: 'directives', actual: 4 });
  });
});

describe('requests that a foreign page could cause', () => {
  const ask = (headers: Record<string, string>, at = base) => getPlainly(at, '/graphql?query={open}', headers);
  test.each([
    ['an image', { accept: 'image/avif,*/*;q=0.8', 'sec-fetch-mode': 'no-cors' }],
    ['a script that asks for JSON', { accept: 'application/json', 'sec-fetch-mode': 'no-cors' }],
    ['a navigation', { accept: 'application/json', 'sec-fetch-mode': 'navigate' }],
    ['a form', { 'content-type': 'text/plain', accept: 'application/json', 'sec-fetch-mode': 'navigate' }],
  ])('%s is refused', async (_what, headers) => {
    const { status, body } = await ask(headers);
    expect([status, body.errors[0].extensions.code]).toEqual([403, 'FORBIDDEN']);
  });
  test.each([
    ['apollo-require-preflight', { 'apollo-require-preflight': '1', 'sec-fetch-mode': 'navigate' }],
    ['x-csrf', { 'x-csrf': '1', accept: '*/*', 'sec-fetch-mode': 'no-cors' }],
    ['a content type that needs a preflight', { 'content-type': 'application/json', 'sec-fetch-mode': 'navigate' }],
    ['a script of a page, whose origin is checked', { accept: '*/*', 'sec-fetch-mode': 'cors' }],
    ['authorization', { ...signedIn('STUDENT'), 'sec-fetch-mode': 'no-cors' }],
  ])('with %s it passes', async (_what, headers) => {
    expect((await ask(headers)).body).toEqual({ data: { open: 'open to all' } });
  });
  test('the rule can be switched off', async () => {
    await opened({ CSRF_PREVENTION: 'false' }, async (at) => {
      expect((await ask({ 'sec-fetch-mode': 'no-cors' }, at)).status).toBe(200);
    });
  });
});

test('in production neither schema nor explorer is shown, unless it is asked for', async () => {
  const shown = async (at: string) => [
    (await fetch(`${at}/schema.graphql`)).status,
    (await post(at, { query: '{ __schema { queryType { name } } }' })).body.errors?.length ?? 0,
    (await fetch(`${at}/graphql`, { headers: { accept: 'text/html' } })).headers.get('content-type')?.includes('html'),
  ];
  expect(await opened({ NODE_ENV: 'production' }, shown)).toEqual([404, 2, false]);
  const asked = { NODE_ENV: 'production', INTROSPECTION: 'true', EXPLORER: 'true' };
  expect(await opened(asked, shown)).toEqual([200, 0, true]);
});
