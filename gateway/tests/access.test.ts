import type { Role } from '@terakoya/common/auth';
import type { Service } from '@terakoya/common/lifecycle';

import { post, signedIn } from './ask';
import { type GuardedGraph, startGuardedGraph } from './guarded-graph';
import { openGateway } from './open-gateway';

let graph: GuardedGraph;
let service: Service;
let base = '';

beforeAll(async () => {
  graph = await startGuardedGraph();
  ({ service, base } = await openGateway(graph));
});
afterAll(async () => {
  await service.close();
  await graph.close();
});

/** Data, errors as `code at path`, and what the subgraphs were asked meanwhile. */
async function ask(query: string, role: Role | null) {
  graph.asked.length = 0;
  const { body } = await post(base, { query }, role === null ? {} : signedIn(role));
  const errors = ((body.errors ?? []) as { path: (string | number)[]; extensions: { code: string } }[]).map(
    ({ path, extensions }) => `${extensions.code} at ${path?.join('.')}`,
  );
  return { data: body.data, errors, asked: [...graph.asked] };
}

test.each([
  ['nobody', null, [null, null, null], ['UNAUTHENTICATED', 'UNAUTHENTICATED', 'UNAUTHENTICATED']],
  ['a student', 'STUDENT', ['secret', null, null], ['FORBIDDEN', 'FORBIDDEN']],
  ['a teacher', 'TEACHER', ['secret', 'secret', null], ['FORBIDDEN']],
  ['an admin', 'ADMIN', ['secret', 'secret', 'secret'], []],
] as const)('%s gets what the directives allow, and no more is asked', async (_who, role, values, codes) => {
  const { data, errors, asked } = await ask('{ open closed teachersOnly adminsOnly }', role);
  expect(data).toEqual({ open: 'open to all', closed: values[0], teachersOnly: values[1], adminsOnly: values[2] });
  expect(Object.keys(data)).toEqual(['open', 'closed', 'teachersOnly', 'adminsOnly']);
  expect(errors.map((error) => error.split(' ')[0])).toEqual(codes);
  const names = ['closed', 'teachersOnly', 'adminsOnly'].filter((_name, index) => values[index] !== null);
  expect(asked.sort()).toEqual(['open', ...names].sort());
});

test('a refused field of a list is null in each item, under its alias and in its place', async () => {
  const { data, errors, asked } = await ask('{ items { hidden: secret id neighbours { secret } stock } }', null);
  const neighbours = [{ secret: null }, { secret: null }];
  expect(data).toEqual({
    items: ['a', 'b'].map((id) => ({ hidden: null, id, neighbours, stock: null })),
  });
  expect(Object.keys(data.items[0])).toEqual(['hidden', 'id', 'neighbours', 'stock']);
  expect(errors).toContain('UNAUTHENTICATED at items.1.neighbours.0.secret');
  expect(errors).toHaveLength(8);
  expect(asked.filter((what) => ['secret', 'stock'].includes(what))).toEqual([]);
});

test('a refused field that may not be null makes its parent null, as far up as it must', async () => {
  expect(await ask('{ open item(id: "a") { id firmSecret } }', null)).toMatchObject({
    data: { open: 'open to all', item: null },
    errors: ['UNAUTHENTICATED at item.firmSecret'],
  });
  expect(await ask('{ open items { firmSecret } }', null)).toMatchObject({
    data: null,
    errors: ['UNAUTHENTICATED at items.0.firmSecret', 'UNAUTHENTICATED at items.1.firmSecret'],
  });
  expect(await ask('{ item(id: "a") { neighbours { firmSecret } } }', null)).toMatchObject({
    data: { item: { neighbours: null } },
  });
  expect(await ask('{ closedFirmly }', null)).toEqual({
    data: null,
    errors: ['UNAUTHENTICATED at closedFirmly'],
    asked: [],
  });
});

test('a refused type refuses the fields that give it', async () => {
  expect(await ask('{ open vault { gold } }', null)).toEqual({
    data: { open: 'open to all', vault: null },
    errors: ['UNAUTHENTICATED at vault'],
    asked: ['open'],
  });
  expect((await ask('{ open firmVault { gold } }', null)).data).toBeNull();
  expect((await ask('{ firmVault { gold } vault { gold } }', 'STUDENT')).data).toEqual({
    firmVault: { gold: 7 },
    vault: { gold: 7 },
  });
});

test('fragments, named or not, on types and interfaces, hide nothing', async () => {
  const { data, errors, asked } = await ask(
    `{ things { __typename ...S ... on Item { x: secret name } ... on Toy { x: secret } } } fragment S on Thing { id }`,
    null,
  );
  expect(data.things).toEqual([
    { __typename: 'Item', id: 'a', x: null, name: 'item a' },
    { __typename: 'Toy', id: 't', x: 'squeaks' },
  ]);
  expect([errors, asked.includes('secret')]).toEqual([['UNAUTHENTICATED at things.0.x'], false]);
  const through = await ask('{ things { id secret } }', null);
  expect(through.data.things).toEqual([
    { id: 'a', secret: null },
    { id: 't', secret: null },
  ]);
  const named = await ask(
    '{ item(id: "a") { ...Deep } } fragment Deep on Item { ... { s: secret } ...F } fragment F on Item { stock }',
    'STUDENT',
  );
  expect(named).toMatchObject({ data: { item: { s: 'secret', stock: null } }, errors: ['FORBIDDEN at item.stock'] });
});

test('a refused mutation is not carried out; those beside it are', async () => {
  const { data, errors, asked } = await ask(
    'mutation { burn(id: "a") paint(id: "p", colour: "red") { colour } }',
    'TEACHER',
  );
  expect(data).toEqual({ burn: null, paint: { colour: 'red' } });
  expect([errors, asked]).toEqual([['FORBIDDEN at burn'], ['item p']]);
  const alone = await ask('mutation { a: burn(id: "a") b: burn(id: "b") }', null);
  expect(alone).toEqual({
    data: { a: null, b: null },
    errors: ['UNAUTHENTICATED at a', 'UNAUTHENTICATED at b'],
    asked: [],
  });
});

test('fragments at the root hide nothing either', async () => {
  const mutation = 'mutation { ...F ... { b: burn(id: "b") } } fragment F on Mutation { a: burn(id: "a") }';
  expect(await ask(mutation, null)).toEqual({
    data: { a: null, b: null },
    errors: ['UNAUTHENTICATED at a', 'UNAUTHENTICATED at b'],
    asked: [],
  });
  expect(await ask('{ ... on Query { closed } __typename }', null)).toEqual({
    data: { closed: null, __typename: 'Query' },
    errors: ['UNAUTHENTICATED at closed'],
    asked: [],
  });
});

test('what is skipped is not refused', async () => {
  expect(await ask('{ open closed @skip(if: true) item(id: "a") @include(if: false) { secret } }', null)).toEqual({
    data: { open: 'open to all' },
    errors: [],
    asked: ['open'],
  });
  expect(
    await ask(
      'query ($no: Boolean = false) { closed @skip(if: true) ...F @include(if: $no) } fragment F on Query { teachersOnly }',
      null,
    ),
  ).toEqual({
    data: {},
    errors: [],
    asked: [],
  });
});

test('one document is planned for each set of refusals, and never mixed up', async () => {
  const query = '{ closed teachersOnly }';
  for (let round = 0; round < 3; round += 1) {
    expect((await ask(query, null)).data).toEqual({ closed: null, teachersOnly: null });
    expect((await ask(query, 'TEACHER')).data).toEqual({ closed: 'secret', teachersOnly: 'secret' });
    expect((await ask(query, 'STUDENT')).data).toEqual({ closed: 'secret', teachersOnly: null });
  }
});
