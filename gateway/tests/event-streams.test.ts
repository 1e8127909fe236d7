import { once } from 'node:events';
import { type IncomingMessage, type Server, type ServerResponse, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

import { eventually } from '@terakoya/common/testkit';

import { openGateway } from './open-gateway';
import { type TinyGraph, startTinyGraph } from './tiny-graph';

/** Stands for the realtime server: keeps what it was asked, and answers as the test says. */
class Upstream {
  readonly asked: { request: IncomingMessage; response: ServerResponse; body: string }[] = [];
  readonly #server: Server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      this.asked.push({ request: incoming, response, body: Buffer.concat(chunks).toString('utf8') });
      response.writeHead(200, { 'content-type': 'text/event-stream', 'access-control-allow-origin': 'http://wrong' });
      response.write(':\n\n');
    });
  });

  async start(): Promise<string> {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening');
    const { port } = this.#server.address() as AddressInfo; // a TCP server that listens has one
    return `http://127.0.0.1:${port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

const upstream = new Upstream();
let graph: TinyGraph;
let gateway: Awaited<ReturnType<typeof openGateway>>;
beforeAll(async () => {
  graph = await startTinyGraph();
  gateway = await openGateway(graph, { REALTIME_URL: await upstream.start(), MAX_EVENT_STREAMS: '2' });
});
afterAll(async () => {
  await gateway.service.close();
  await Promise.all([upstream.close(), graph.close()]);
});

async function openStream(headers: Record<string, string> = {}, base = gateway.base) {
  const sent = request(`${base}/graphql?x=1`, {
    method: 'POST',
    headers: { accept: 'text/event-stream', 'content-type': 'application/json', ...headers },
  });
  sent.on('error', () => undefined); // it is destroyed by the test
  sent.end('{"query":"{ me }"}');
  const [response] = (await once(sent, 'response')) as [IncomingMessage]; // what this event brings
  response.on('error', () => undefined);
  const received = { text: '' };
  response.on('data', (chunk: Buffer) => (received.text += chunk.toString('utf8')));
  return { response, received, stop: () => sent.destroy() };
}

test('a request for a stream goes on to realtime with its headers and body, and its events come as they are sent', async () => {
  const origin = 'http://localhost:3000';
  const { response, received, stop } = await openStream({ authorization: 'Bearer x', 'last-event-id': 'abc', origin });
  const [asked] = upstream.asked;
  expect([asked?.request.method, asked?.request.url, asked?.body]).toEqual([
    'POST',
    '/graphql?x=1',
    '{"query":"{ me }"}',
  ]);
  expect(asked?.request.headers).toMatchObject({
    authorization: 'Bearer x',
    'last-event-id': 'abc',
    host: new URL(gateway.base).host,
    'x-forwarded-for': expect.stringContaining('127.0.0.1'),
  });
  expect(response.headers).toMatchObject({
    'content-type': 'text/event-stream',
    'access-control-allow-origin': origin,
  });
  await eventually(() => expect(received.text).toBe(':\n\n'));
  asked?.response.write('event: next\ndata: {}\n\n');
  await eventually(() => expect(received.text).toBe(':\n\nevent: next\ndata: {}\n\n'));
  stop();
  await eventually(() => expect(asked?.response.closed).toBe(true));
});

test('pages of other origins are refused here, and there are only so many streams', async () => {
  const before = upstream.asked.length;
  expect((await openStream({ origin: 'https://elsewhere.example' })).response.statusCode).toBe(403);
  expect(upstream.asked).toHaveLength(before);
  const streams = [await openStream(), await openStream(), await openStream()];
  expect(streams.map(({ response }) => response.statusCode)).toEqual([200, 200, 503]);
  for (const { stop } of streams) stop();
  await eventually(async () => {
    const { response, stop } = await openStream();
    stop();
    expect(response.statusCode).toBe(200);
  });
});

test('502 when realtime is away; streams end when the gateway closes', async () => {
  const away = await openGateway(graph, { REALTIME_URL: 'http://127.0.0.1:9' });
  const { response, received } = await openStream({}, away.base);
  await once(response, 'close');
  expect([response.statusCode, JSON.parse(received.text).errors[0].extensions.code]).toEqual([502, 'UNAVAILABLE']);
  await away.service.close();

  const own = new Upstream();
  const closing = await openGateway(graph, { REALTIME_URL: await own.start() });
  const stream = await openStream({}, closing.base);
  const closed = new Promise((resolve) => stream.response.once('close', resolve)); // with an error: it breaks off
  await Promise.all([closing.service.close(), closed]);
  await own.close();
});
