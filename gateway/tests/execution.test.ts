import { once } from 'node:events';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { metricsText } from '@terakoya/common/telemetry';

import { type Execution, responseText } from '../src/execution';
import { Executions } from './open-execution';
import { type TinyGraph, startTinyGraph } from './tiny-graph';

const viewer = { userId: 'u1', role: 'STUDENT', sessionId: 's1' } as const;
const closing: (() => Promise<unknown>)[] = [];
let graph: TinyGraph;
let executions: Executions;
let execution: Execution;

async function run(
  query: string,
  {
    variables = {},
    event,
    on = execution,
  }: { variables?: object; event?: Record<string, unknown>; on?: Execution } = {},
) {
  const { operation, errors } = await on.prepare({ query, variables: { ...variables } });
  return JSON.parse(operation ? responseText(await operation.execute({ viewer }, event)) : JSON.stringify({ errors }));
}

beforeAll(async () => {
  graph = await startTinyGraph();
  executions = new Executions(graph);
  execution = executions.open();
});
afterAll(async () => {
  await executions.close();
  await Promise.all(closing.map((close) => close()));
  await graph.close();
});

test('joins fields of two subgraphs, on behalf of the viewer', async () => {
  const query = `query ($shout: Boolean!, $colour: Colour) {
    first: lamp(id: "x") { id loud: name(shout: $shout) tint(colour: $colour) ...Shaded }
    lamps { __typename shade { colour } }
    whoAmI
  }
  fragment Shaded on Lamp { shade { colour owner @include(if: $shout) } }`;
  expect(await run(query, { variables: { shout: true, colour: { red: 7 } } })).toEqual({
    data: {
      first: { id: 'x', loud: 'LAMP X', tint: '7/0', shade: { colour: 'colour of x', owner: 'u1' } },
      lamps: ['a', 'b', 'c'].map((id) => ({ __typename: 'Lamp', shade: { colour: `colour of ${id}` } })),
      whoAmI: 'u1',
    },
  });
});

test('answers introspection', async () => {
  const { data } = await run('{ __schema { queryType { name } } __type(name: "Lamp") { fields { name } } }');
  expect(data.__type.fields.map(({ name }: { name: string }) => name)).toEqual([
    'id',
    'name',
    'tint',
    'shade',
    'cover',
  ]);
});

test.each([
  ['a syntax error', '{ lamp(', {}, 'BAD_USER_INPUT', /Syntax Error/],
  ['an unknown field', '{ nothing }', {}, 'BAD_USER_INPUT', /Cannot query field "nothing"/],
  ['a missing variable', 'query ($id: ID!) { lamp(id: $id) { id } }', {}, 'BAD_USER_INPUT', /"\$id" of required type/],
  [
    'a wrong input field',
    'query ($c: Colour) { lamp(id: 1) { tint(colour: $c) } }',
    { c: { red: 'x' } },
    'BAD_USER_INPUT',
    /"c\.red"/,
  ],
  [
    'a variable with a name that requests to subgraphs use',
    'query ($representations: ID!) { lamp(id: $representations) { shade { colour } } }',
    { representations: 'x' },
    'BAD_USER_INPUT',
    /may not be named "representations"/,
  ],
  ['no operation', 'fragment F on Lamp { id }', {}, 'BAD_USER_INPUT', /must have one operation/],
  [
    'too deep',
    '{ lamp(id: 1) { ...{ ...{ shade { colour } } } } a: lamps { id } b: lamps { id } c: lamps { id } d: lamps { id } }',
    {},
    'LIMIT_EXCEEDED',
    /at most 4 root fields; this one has 5/,
  ],
  ['too long', `{ ${'whoAmI '.repeat(600)} }`, {}, 'LIMIT_EXCEEDED', /at most 500 tokens/],
  [
    'a directive at the root of a subscription',
    'subscription ($a: Boolean!) { lampChanged(id: 1) @include(if: $a) { kind } }',
    { a: true },
    'BAD_USER_INPUT',
    /./,
  ],
])('refuses %s before anything is fetched', async (_what, query, variables, code, message) => {
  const { data, errors } = await run(query, { variables });
  expect(data).toBeUndefined();
  expect(errors[0]).toMatchObject({ message: expect.stringMatching(message), extensions: { code } });
});

test('keeps the code of a known error at its place, and masks an unknown one', async () => {
  const { data, errors } = await run('{ lamp(id: "none") { id } broken whoAmI }');
  expect(data).toEqual({ lamp: null, broken: null, whoAmI: 'u1' });
  expect(errors).toEqual([
    expect.objectContaining({ path: ['lamp'], extensions: { code: 'NOT_FOUND' } }),
    expect.objectContaining({ path: ['broken'], extensions: { code: 'INTERNAL_SERVER_ERROR' } }),
  ]);
  expect(JSON.stringify(errors)).not.toMatch(/hunter2|lamps/);
});

test('an entity that is hidden is null, and NOT_FOUND where it may not be null', async () => {
  expect(await run('{ hidden { id shade { colour } } }')).toEqual({
    data: { hidden: { id: 'uncovered', shade: null } },
  });
  const { data, errors } = await run('{ hidden { cover { colour } } whoAmI }');
  expect(data).toEqual({ hidden: null, whoAmI: 'u1' });
  expect(errors).toEqual([
    { message: expect.any(String), path: ['hidden', 'cover'], extensions: { code: 'NOT_FOUND' } },
  ]);
});

describe('when a subgraph fails, the rest arrives and the errors stand where its fields are missing', () => {
  const query = '{ lamps { name tinge: shade { colour } } }';
  const withShadesAt = (url: string, more = {}) => executions.open({ shades: url }, more);
  const expected = (code: string, message: RegExp) => ({
    data: { lamps: ['a', 'b', 'c'].map((id) => ({ name: `lamp ${id}`, tinge: null })) },
    errors: [0, 1, 2].map((index) => ({
      message: expect.stringMatching(message),
      path: ['lamps', index, 'tinge'],
      extensions: expect.objectContaining({ code }),
    })),
  });
  const listen = async (handler: Parameters<typeof createServer>[1]) => {
    const server: Server = createServer(handler).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    closing.push(() => new Promise((resolve) => server.close(resolve).closeAllConnections()));
    const address = server.address();
    return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/graphql`;
  };

  test('it is not there', async () => {
    const result = await run(query, { on: withShadesAt('http://127.0.0.1:9/graphql') });
    expect(result).toEqual(expected('UNAVAILABLE', /^shades cannot be reached/));
  });
  test('it does not answer in time', async () => {
    const url = await listen(() => undefined);
    const result = await run(query, { on: withShadesAt(url, { timeoutMs: 200 }) });
    expect(result).toEqual(expected('TIMED_OUT', /^shades took longer than 200 ms/));
  });
  test('it answers 500 with HTML', async () => {
    const url = await listen((_request, response) => void response.writeHead(500).end('<h1>oh</h1>'));
    expect(await run(query, { on: withShadesAt(url) })).toEqual(expected('UNAVAILABLE', /^shades .*status 500/));
  });
  test('it answers something else than GraphQL', async () => {
    const url = await listen((_request, response) => void response.end('{"hello":1}'));
    expect(await run(query, { on: withShadesAt(url) })).toEqual(expected('INTERNAL_SERVER_ERROR', /status 200/));
  });
  test('it answers too much', async () => {
    const url = await listen(
      (_request, response) => void response.end(JSON.stringify({ data: 'x'.repeat(2_000_000) })),
    );
    expect(await run(query, { on: withShadesAt(url) })).toEqual(expected('LIMIT_EXCEEDED', /too large/));
  });
  test('the fields at the root are missing too', async () => {
    const on = executions.open({ lamps: 'http://127.0.0.1:9/graphql' });
    const { data, errors } = await run('{ w: whoAmI shades { colour } }', { on });
    expect(data).toEqual({ w: null, shades: [] });
    expect(errors).toEqual([expect.objectContaining({ path: ['w'], extensions: { code: 'UNAVAILABLE' } })]);
  });
});

test('a query is sent again when its connection breaks, a mutation is not', async () => {
  let requests = 0;
  const server = createServer((request) => {
    requests += 1;
    request.socket.destroy();
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const on = executions.open({ lamps: `http://127.0.0.1:${port}/graphql` });
  expect((await run('{ whoAmI }', { on })).errors[0].extensions.code).toBe('UNAVAILABLE');
  expect(requests).toBe(2);
  expect((await run('mutation { light(id: 1) { id } }', { on })).errors[0].extensions.code).toBe('UNAVAILABLE');
  expect(requests).toBe(3);
  await new Promise((resolve) => server.close(resolve));
});

test('mutations run one after the other, in the order they are written', async () => {
  await run('mutation { a: light(id: "1") { id shade { colour } } b: light(id: "2") { id } c: light(id: "3") { id } }');
  expect(graph.lights).toEqual(['1', '2', '3']);
});

test('the trace of the request goes to the subgraph once', async () => {
  const seen: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers.traceparent as string | undefined);
    response.end('{"data":{"whoAmI":"x"}}');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/graphql`;
  const { operation } = await executions.open({ lamps: url }).prepare({ query: '{ whoAmI }' });
  const traceparent = `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01`;
  await operation?.execute({ viewer, traceparent });
  await operation?.execute({ viewer });
  expect(seen).toEqual([traceparent, undefined]);
  await new Promise((resolve) => server.close(resolve).closeAllConnections());
});

test('a cancelled request says so', async () => {
  const { operation } = await execution.prepare({ query: '{ whoAmI }' });
  const result = await operation?.execute({ viewer, signal: AbortSignal.abort() });
  expect(result?.errors[0]?.extensions.code).toBe('CANCELLED');
});

test('a document is planned once', async () => {
  const hits = async () => Number(/plans_total\{result="hit"\} (\d+)/.exec(await metricsText())?.[1] ?? 0);
  const query = 'query Once { whoAmI }';
  await run(query);
  const before = await hits();
  await run(query);
  expect(await hits()).toBe(before + 1);
});

describe('a subscription', () => {
  const query = `subscription ($id: ID!, $more: Boolean!) {
    change: lampChanged(id: $id, after: "c1") { what: kind type: __typename bulb: lamp { name ...S @include(if: $more) } }
  }
  fragment S on Lamp { shade { colour owner } }`;

  test('tells its root field and arguments', async () => {
    const { operation } = await execution.prepare({ query, variables: { id: 'x', more: true } });
    expect([operation?.type, operation?.subscription]).toEqual([
      'subscription',
      { field: 'lampChanged', arguments: { id: 'x', after: 'c1' } },
    ]);
  });
  test('takes the root from the event and everything else from the subgraphs', async () => {
    const event = { lampChanged: { kind: 'LIT', lamp: { id: 'x' } } };
    const full = { name: 'lamp x', shade: { colour: 'colour of x', owner: 'u1' } };
    expect(await run(query, { variables: { id: 'x', more: true }, event })).toEqual({
      data: { change: { what: 'LIT', type: 'LampChange', bulb: full } },
    });
    expect(await run(query, { variables: { id: 'x', more: false }, event })).toEqual({
      data: { change: { what: 'LIT', type: 'LampChange', bulb: { name: 'lamp x' } } },
    });
  });
  test('gives null for an entity the event does not have', async () => {
    const event = { lampChanged: { kind: 'OUT', lamp: null } };
    expect(await run(query, { variables: { id: 'x', more: true }, event })).toEqual({
      data: { change: { what: 'OUT', type: 'LampChange', bulb: null } },
    });
  });
});

test('entities at several places are asked for together, each once', async () => {
  const bodies: { variables: { representations: unknown[] } }[] = [];
  const server = createServer((request, response) => {
    request.on('data', (chunk) => bodies.push(JSON.parse(String(chunk))));
    request.on('end', () =>
      response.end('{"data":{"_entities":[{"shade":{"colour":"red"}},{"shade":{"colour":"blue"}}]}}'),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const query =
    'query Both { a: lamp(id: "x") { shade { colour } } b: lamp(id: "y") { shade { colour } } c: lamp(id: "x") { shade { colour } } }';
  const { data } = await run(query, { on: executions.open({ shades: `http://127.0.0.1:${port}/graphql` }) });
  expect(data).toEqual({
    a: { shade: { colour: 'red' } },
    b: { shade: { colour: 'blue' } },
    c: { shade: { colour: 'red' } },
  });
  expect(bodies.map(({ variables }) => variables.representations)).toEqual([
    [
      { __typename: 'Lamp', id: 'x' },
      { __typename: 'Lamp', id: 'y' },
    ],
  ]);
  await new Promise((resolve) => server.close(resolve).closeAllConnections());
});
