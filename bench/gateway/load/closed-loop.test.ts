import { once } from 'node:events';
import { type RequestListener, type Server, createServer } from 'node:http';

import { readBody } from '../../../common/http';
import { runClosedLoop } from './closed-loop';

const servers: Server[] = [];
afterEach(() => servers.splice(0).forEach((server) => server.close().closeAllConnections()));

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/graphql`;
}

const bodies = ['{"client":0}', '{"client":1}', '{"client":2}'];
const LARGE = JSON.stringify({ data: 'x'.repeat(300_000) });

test.each([
  ['with their length', { 'content-length': LARGE.length }],
  ['in chunks', { 'transfer-encoding': 'chunked' }],
])('counts responses that come %s', async (_how, headers) => {
  const seen = new Set<string>();
  let answered = 0;
  const url = await serve((request, response) => {
    void readBody(request, 1_000).then((body) => {
      seen.add(`${request.method} ${request.url} ${request.headers['content-type']} ${body}`);
      answered += 1;
      response.writeHead(200, headers);
      response.write(LARGE.slice(0, 7));
      response.end(LARGE.slice(7));
    });
  });
  const result = await runClosedLoop({ url, bodies, seconds: 1 });
  expect([...seen].sort()).toEqual(bodies.map((body) => `POST /graphql application/json ${body}`));
  expect(result.wrong).toBe(0);
  expect(result.answered).toBe(answered);
  expect(result.answered).toBeGreaterThan(bodies.length);
  const inTime = result.answered - bodies.length; // the last of each connection came too late to count
  expect(result.requestsPerSecond).toBeGreaterThanOrEqual(inTime);
  expect(result.p50).toBeGreaterThan(0);
  expect(result.p99).toBeGreaterThanOrEqual(result.p50);
});

test('tells responses that are errors or of another length', async () => {
  let turn = 0;
  const url = await serve((request, response) => {
    request.resume();
    turn += 1;
    const [status, text] = turn % 3 === 1 ? [200, 'long'] : turn % 3 === 2 ? [200, 'no'] : [500, 'long'];
    response.writeHead(status, { 'content-length': text.length }).end(text);
  });
  const { answered, wrong } = await runClosedLoop({ url, bodies: ['{}'], seconds: 0.2 });
  expect(wrong).toBe(answered - Math.ceil(answered / 3));
});

test('a response that takes longer than the time is counted for the time it takes', async () => {
  const url = await serve((request, response) => {
    request.resume();
    setTimeout(() => response.end('late'), 250);
  });
  const { answered, requestsPerSecond, p50 } = await runClosedLoop({ url, bodies, seconds: 0.1 });
  expect(answered).toBe(bodies.length);
  expect(p50).toBeGreaterThanOrEqual(245);
  expect(requestsPerSecond).toBeGreaterThan(1);
  expect(requestsPerSecond).toBeLessThan((1000 * bodies.length) / 240);
});

test('a connection that ends is an error', async () => {
  const url = await serve((request) => request.socket.destroy());
  await expect(runClosedLoop({ url, bodies, seconds: 0.2 })).rejects.toThrow(/closed|reset/i);
});
