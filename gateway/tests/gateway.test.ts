import { type IncomingMessage, createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { once } from 'node:events';

import { serverAudits } from 'graphql-http';

import type { Service } from '@terakoya/common/lifecycle';
import { eventually } from '@terakoya/common/testkit';

import { openGateway, tokenFor } from './open-gateway';
import { type TinyGraph, startTinyGraph } from './tiny-graph';

let graph: TinyGraph;
let service: Service;
let base = '';

beforeAll(async () => {
  graph = await startTinyGraph();
  ({ service, base } = await openGateway(graph));
});
afterAll(async () => {
  await service.close();
  await graph.close();
});

async function ask(query: string, { headers = {}, at = base }: { headers?: Record<string, string>; at?: string } = {}) {
  const response = await fetch(`${at}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
}

test('passes every check of the GraphQL-over-HTTP audit', async () => {
  const audits = serverAudits({ url: `${base}/graphql`, fetchFn: fetch });
  const results = await Promise.all(audits.map(({ fn }) => fn()));
  const failed = results.filter(({ status }) => status !== 'ok');
  expect(failed.map(({ id, name, status }) => `${id} ${status}: ${name}`)).toEqual([]);
  expect(results.length).toBeGreaterThanOrEqual(60);
});

test('executes for the viewer of the access token, and for nobody without one', async () => {
  const mine = await ask('{ whoAmI }', { headers: { authorization: `Bearer ${tokenFor()}` } });
  expect([mine.status, mine.body]).toEqual([200, { data: { whoAmI: 'u1' } }]);
  expect((await ask('{ whoAmI }')).body).toEqual({ data: { whoAmI: null } });
});

test.each([
  ['forged', 'Bearer abc.def.ghi'],
  ['expired', `Bearer ${tokenFor(-5)}`],
  ['of another scheme', 'Basic dXNlcjpwYXNz'],
])('refuses a token that is %s with 401', async (_what, authorization) => {
  const { status, body, headers } = await ask('{ whoAmI }', { headers: { authorization } });
  expect([status, body.errors[0].extensions.code, headers.get('www-authenticate')]).toEqual([
    401,
    'UNAUTHENTICATED',
    'Bearer',
  ]);
});

test('tells the trace in headers and in each error, and masks what failed inside', async () => {
  const traceparent = `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01`;
  const { body, headers } = await ask('{ broken }', { headers: { traceparent } });
  expect([headers.get('x-trace-id'), headers.get('traceparent')]).toEqual(['ab'.repeat(16), traceparent]);
  expect(body.errors[0].extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR', traceId: 'ab'.repeat(16) });
  expect(JSON.stringify(body)).not.toContain('hunter2');
});

test('refuses a body above the limit with 413, announced or not', async () => {
  const announced = await ask(`# ${'x'.repeat(200_000)}\n{ whoAmI }`);
  expect([announced.status, announced.body.errors[0].extensions]).toEqual([
    413,
    { code: 'LIMIT_EXCEEDED', maxBytes: 100_000 },
  ]);
  const streamed = await fetch(`${base}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: new Blob(['{"query":"', 'x'.repeat(200_000), '"}']).stream(),
    duplex: 'half',
  });
  expect(streamed.status).toBe(413);
});

test('tells which limit an operation passes', async () => {
  const { body } = await ask('{ a: whoAmI b: whoAmI c: whoAmI d: whoAmI e: whoAmI }');
  expect(body.errors[0].extensions).toEqual({ code: 'LIMIT_EXCEEDED', limit: 'rootFields', maximum: 4, actual: 5 });
});

describe('a response in parts', () => {
  const query = '{ lamp(id: "x") { id ... @defer(label: "later") { shade { colour } } } }';
  const send = (accept: string) =>
    fetch(`${base}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept },
      body: JSON.stringify({ query }),
    });

  test('is sent as multipart/mixed to a client that takes it', async () => {
    const response = await send('multipart/mixed;deferSpec=20220824,application/json');
    expect(response.headers.get('content-type')).toBe('multipart/mixed; boundary="-"; deferSpec=20220824');
    const [preamble, ...parts] = (await response.text()).split('\r\n---');
    const bodies = parts.slice(0, -1).map((part) => JSON.parse(part.split('\r\n\r\n')[1] ?? ''));
    expect([preamble, parts.at(-1)]).toEqual(['', '--\r\n']);
    const path = ['lamp'];
    expect(bodies).toEqual([
      { data: { lamp: { id: 'x' } }, hasNext: true },
      { incremental: [{ data: { shade: { colour: 'colour of x' } }, path, label: 'later' }], hasNext: true },
      { hasNext: false },
    ]);
  });
  test('is sent as a whole to one that does not', async () => {
    const response = await send('application/json');
    expect(await response.json()).toEqual({ data: { lamp: { id: 'x', shade: { colour: 'colour of x' } } } });
  });
});

describe('origins', () => {
  const preflight = (origin: string) =>
    fetch(`${base}/graphql`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
    });
  test('a listed origin may call and read the trace id', async () => {
    const response = await preflight('http://localhost:3000');
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([
      204,
      'http://localhost:3000',
    ]);
    expect(response.headers.get('access-control-allow-headers')).toContain('authorization');
    const { headers, body } = await ask('{ whoAmI }', { headers: { origin: 'http://localhost:3000' } });
    expect(headers.get('access-control-expose-headers')).toContain('x-trace-id');
    expect(body.data).toEqual({ whoAmI: null });
  });
  test('another one may not, with or without a preflight', async () => {
    const response = await preflight('https://elsewhere.example');
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([403, null]);
    const { status, body } = await ask('mutation { light(id: "z") { id } }', {
      headers: { origin: 'https://elsewhere.example' },
    });
    expect([status, body.errors[0].extensions.code]).toEqual([403, 'FORBIDDEN']);
    expect(graph.lights).not.toContain('z');
  });
  test.each(['cross-site', 'same-site'])('a %s request without an origin is refused', async (site) => {
    const { port } = new URL(base);
    const request = httpRequest({ port, path: '/graphql?query={whoAmI}', headers: { 'sec-fetch-site': site } }).end();
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    response.resume();
    expect(response.statusCode).toBe(403);
  });
  test('a form cannot send an operation', async () => {
    const body = new URLSearchParams({ query: 'mutation { light(id: "form") { id } }' });
    expect((await fetch(`${base}/graphql`, { method: 'POST', body })).status).toBe(415);
    const text = await fetch(`${base}/graphql`, {
      method: 'POST',
      body: '{"query":"mutation{light(id:\\"form\\"){id}}"}',
    });
    expect(text.status).toBe(415);
    expect(graph.lights).not.toContain('form');
  });
});

test('is ready when every subgraph and realtime are, and serves while one is not', async () => {
  const ready = await fetch(`${base}/ready`);
  expect([ready.status, await ready.json()]).toEqual([
    503,
    { service: 'gateway', ready: false, unready: ['realtime'] },
  ]);
  expect((await fetch(`${base}/health`)).status).toBe(200);
  expect((await ask('{ whoAmI }')).status).toBe(200);
});

test('serves the schema reference, and hides it with introspection', async () => {
  const sdl = await (await fetch(`${base}/schema.graphql`)).text();
  expect(sdl).toContain('type Lamp {');
  expect(sdl).not.toContain('join__');
  const hidden = await openGateway(graph, { INTROSPECTION: 'false', EXPLORER: 'false' });
  try {
    expect((await fetch(`${hidden.base}/schema.graphql`)).status).toBe(404);
    const { body } = await ask('{ __schema { queryType { name } } }', { at: hidden.base });
    expect(body.errors[0].message).toContain('introspection has been disabled');
    const page = await fetch(`${hidden.base}/graphql`, { headers: { accept: 'text/html' } });
    expect(page.status).toBe(406);
  } finally {
    await hidden.service.close();
  }
});

test('counts operations by name, of which there are only so many', async () => {
  for (let index = 0; index < 210; index += 1) await ask(`query Q${index} { whoAmI }`);
  const metrics = await (await fetch(`${base}/metrics`)).text();
  expect(metrics).toMatch(/terakoya_graphql_operations_total\{operation="Q5",type="query",outcome="ok"\} 1/);
  expect(metrics).toMatch(/terakoya_graphql_operations_total\{operation="other",type="query",outcome="ok"\} \d+/);
  expect(new Set(metrics.match(/operations_total\{operation="Q\d+"/g)).size).toBeLessThanOrEqual(200);
});

describe('WebSocket connections', () => {
  const echo = createServer();
  const seen: IncomingMessage[] = [];
  const accepted: Duplex[] = [];
  let gateway: Awaited<ReturnType<typeof openGateway>>;
  beforeAll(async () => {
    echo.on('upgrade', (request, socket) => {
      seen.push(request);
      accepted.push(socket);
      socket.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n');
      socket.pipe(socket);
      socket.on('error', () => socket.destroy());
    });
    await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
    const { port } = echo.address() as AddressInfo;
    gateway = await openGateway(graph, { REALTIME_URL: `http://127.0.0.1:${port}`, MAX_WEBSOCKETS: '2' });
  });
  afterAll(async () => {
    await gateway.service.close();
    await new Promise((resolve) => echo.close(resolve));
  });

  async function upgrade(path = '/graphql', at = gateway.base) {
    const { port } = new URL(at);
    const headers = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      origin: 'http://localhost:3000',
      'x-forwarded-for': 'liar',
    };
    const request = httpRequest({ port, path, headers }).end();
    return Promise.race([
      once(request, 'upgrade').then(([, socket]) => ({ socket: socket as Duplex, status: 101 })),
      once(request, 'response').then(([response]) => {
        (response as IncomingMessage).resume();
        return { socket: null, status: (response as IncomingMessage).statusCode };
      }),
    ]);
  }

  test('are passed on byte for byte with their headers, and only so many', async () => {
    const { socket } = await upgrade();
    socket?.write('hello');
    const [data] = await once(socket ?? echo, 'data');
    expect(String(data)).toBe('hello');
    expect(seen[0]?.headers).toMatchObject({ origin: 'http://localhost:3000', 'x-forwarded-for': '127.0.0.1' });
    const second = await upgrade();
    expect((await upgrade()).status).toBe(503);
    second.socket?.destroy();
    await eventually(async () => expect((await upgrade()).status).toBe(101));
    accepted[0]?.destroy();
    await once(socket ?? echo, 'close');
  });

  test('go to /graphql only, and get 502 when realtime is away', async () => {
    expect((await upgrade('/elsewhere')).status).toBe(404);
    expect((await upgrade('/graphql', base)).status).toBe(502);
  });

  test('end when the gateway closes', async () => {
    const other = await openGateway(graph, {
      REALTIME_URL: `http://127.0.0.1:${(echo.address() as AddressInfo).port}`,
    });
    const { socket } = await upgrade('/graphql', other.base);
    const closed = once(socket ?? echo, 'close');
    socket?.resume();
    await other.service.close();
    await closed;
  });
});
