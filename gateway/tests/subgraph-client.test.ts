import { once } from 'node:events';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { metricsText } from '@terakoya/common/telemetry';
import { eventually } from '@terakoya/common/testkit';

import { type SubgraphClient, createSubgraphClient } from '../src/execution';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A subgraph that answers as it is told, and a client for it. */
async function open(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  more: { timeoutMs?: number; maxPending?: number; port?: number } = {},
) {
  const server = createServer((request, response) => void request.resume().on('end', () => answer(request, response)));
  server.listen(more.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const stop = () => new Promise((resolve) => server.close(resolve).closeAllConnections());
  const client = clientFor(port, more);
  closing.push(stop);
  return { client, port, stop };
}

function clientFor(port: number, more: { timeoutMs?: number; maxPending?: number }): SubgraphClient {
  const client = createSubgraphClient({
    urls: new Map([['lamps', `http://127.0.0.1:${port}/graphql`]]),
    identityHeaders: null,
    caller: 'gateway',
    timeoutMs: 5_000,
    maxResponseBytes: 10_000,
    connections: 4,
    maxPending: 100,
    ...more,
  });
  closing.push(() => client.close());
  return client;
}

const request = { subgraph: 'lamps', body: '{}', viewer: null, isRepeatable: false, traceparent: null } as const;
const ask = (client: SubgraphClient) => client.fetch(request);
const codeOf = (asked: Promise<unknown>) => asked.then(() => 'answered').catch((error: { code: string }) => error.code);

test('a subgraph that fails again and again is left alone for a moment, then tried once, then used again', async () => {
  let asked = 0;
  let isWell = false;
  const { client } = await open((_request, response) => {
    asked += 1;
    if (isWell) response.end('{"data":{}}');
    else response.destroy();
  });
  expect(await metricsText()).toContain('terakoya_subgraph_circuit{subgraph="lamps"} 0');
  for (let time = 0; time < 10; time += 1) expect(await codeOf(ask(client))).toBe('UNAVAILABLE');
  expect(await metricsText()).toContain('terakoya_subgraph_circuit{subgraph="lamps"} 2');
  expect(asked).toBe(10);
  expect(await Promise.all(Array.from({ length: 20 }, () => codeOf(ask(client))))).toEqual(
    Array(20).fill('UNAVAILABLE'),
  );
  expect(asked).toBe(10);
  isWell = true;
  await eventually(async () => expect(await codeOf(ask(client))).toBe('answered'));
  expect(asked).toBe(11);
  expect(await codeOf(ask(client))).toBe('answered');
  const metrics = await metricsText();
  expect(metrics).toContain('terakoya_subgraph_circuit{subgraph="lamps"} 0');
  expect(metrics).toContain('terakoya_subgraph_circuit_opened_total{subgraph="lamps"} 1');
  expect(metrics).toMatch(/subgraph_request_seconds_count\{subgraph="lamps",outcome="UNAVAILABLE"\} 10/);
});

test('an answer that is no GraphQL response counts as failed', async () => {
  const { client } = await open((_request, response) => void response.writeHead(500).end('{"error":"internal error"}'));
  for (let time = 0; time < 3; time += 1) expect(await codeOf(ask(client))).toBe('UNAVAILABLE');
  const before = /subgraph_request_seconds_count\{subgraph="lamps",outcome="UNAVAILABLE"\} (\d+)/;
  expect(Number(before.exec(await metricsText())?.[1])).toBeGreaterThanOrEqual(13);
});

test('errors that a subgraph tells itself do not count as failures of it', async () => {
  const { client } = await open(
    (_request, response) => void response.writeHead(500).end('{"errors":[{"message":"no"}]}'),
  );
  for (let time = 0; time < 15; time += 1) {
    expect(await ask(client)).toEqual({ data: null, errors: [{ message: 'no' }] });
  }
});

test('only so many requests wait for one subgraph', async () => {
  const waiting: ServerResponse[] = [];
  const { client } = await open((_request, response) => void waiting.push(response), { maxPending: 6 });
  const asked = Array.from({ length: 6 }, () => ask(client));
  await eventually(() => expect(waiting).toHaveLength(4));
  expect(await codeOf(ask(client))).toBe('UNAVAILABLE');
  for (const response of waiting.splice(0)) response.end('{"data":{}}');
  await eventually(() => expect(waiting).toHaveLength(2));
  for (const response of waiting) response.end('{"data":{}}');
  expect(await Promise.all(asked)).toEqual(Array(6).fill({ data: {}, errors: [] }));
});

test('an answer that drips is given up at the deadline', async () => {
  const { client } = await open(
    (_request, response) => {
      response.write('{"data":');
      const drip = setInterval(() => response.write(' '), 20);
      response.once('close', () => clearInterval(drip));
    },
    { timeoutMs: 250 },
  );
  expect(await codeOf(ask(client))).toBe('TIMED_OUT');
});

test('a request whose asker is gone is given up, whether it waits or runs', async () => {
  const { client } = await open(() => undefined);
  const gone = new AbortController();
  const asked = Array.from({ length: 6 }, () => codeOf(client.fetch({ ...request, signal: gone.signal })));
  gone.abort();
  expect(await Promise.all(asked)).toEqual(Array(6).fill('CANCELLED'));
  expect(await codeOf(client.fetch({ ...request, signal: gone.signal }))).toBe('CANCELLED');
});

test('serves as soon as a subgraph that was down is up', async () => {
  const { port, stop } = await open(() => undefined);
  await stop();
  const client = clientFor(port, {});
  expect(await codeOf(ask(client))).toBe('UNAVAILABLE');
  await open((_request, response) => void response.end('{"data":{"up":true}}'), { port });
  expect(await ask(client)).toEqual({ data: { up: true }, errors: [] });
});
