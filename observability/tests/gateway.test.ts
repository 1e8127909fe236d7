import { join } from 'node:path';

import { eventually } from '../../common/testkit/eventually';
import { startForeignGraph } from '../../gateway/tests/foreign-graph';
import type { StoredSpan } from '../src/traces/otlp';
import { createTraces, tracesConfig } from '../src/traces/service';
import { type StartedProgram, startProgram } from './start-program';

const MAIN = join(__dirname, '..', '..', 'gateway', 'src', 'standalone', 'main.ts');
const receiver = createTraces(tracesConfig.read({ PORT: '0' }));
let graph: Awaited<ReturnType<typeof startForeignGraph>>;
let gateway: StartedProgram;
let received = '';

beforeAll(async () => {
  graph = await startForeignGraph();
  received = `http://127.0.0.1:${(await receiver.start()).port}`;
  const environment = {
    OTEL_EXPORTER_OTLP_ENDPOINT: received,
    OTEL_SERVICE_NAME: 'gateway',
    TRACES_SLOW_MS: '60000',
    OTEL_TRACES_SAMPLER_ARG: '0',
  };
  gateway = await startProgram(environment, [MAIN, '--supergraph', graph.file, '--port', '0', '--log-level', 'warn']);
});
afterAll(async () => {
  await gateway.stop();
  await receiver.close();
  await graph.close();
});

async function ask(
  query: string,
  traceparent?: string,
): Promise<{ traceId: string | null; body: { errors?: { extensions: object }[] } }> {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(traceparent === undefined ? {} : { traceparent }) },
    body: JSON.stringify({ query }),
  });
  return { traceId: response.headers.get('x-trace-id'), body: JSON.parse(await response.text()) };
}

async function spansOf(traceId: string | null): Promise<StoredSpan[]> {
  const { spans } = JSON.parse(await (await fetch(`${received}/api/traces/${traceId}`)).text()) as {
    spans: StoredSpan[];
  };
  return spans; // our own view
}

test('an operation whose subgraph is away is kept late with its fetches, though its trace is not sampled', async () => {
  const whole = await ask('{ trees { kind } }');
  const { traceId, body } = await ask('query Owls { trees { kind birds } }');
  expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'UNAVAILABLE', traceId });
  const spans = await eventually(async () => {
    const found = await spansOf(traceId);
    expect(found.length).toBeGreaterThanOrEqual(3);
    return found;
  });
  const root = spans.find(({ parentSpanId }) => parentSpanId === null);
  expect(root).toMatchObject({
    name: 'POST /graphql',
    failed: true,
    attributes: { 'graphql.operation.name': 'Owls', 'graphql.operation.type': 'query', 'error.type': 'UNAVAILABLE' },
  });
  const fetches = spans.filter(({ name }) => name.startsWith('gateway.fetch'));
  expect(fetches.map(({ name, failed, attributes }) => [name, failed, attributes['terakoya.entities']])).toEqual([
    ['gateway.fetch trees', false, 0],
    ['gateway.fetch birds', true, 1],
  ]);
  expect(fetches.map(({ parentSpanId }) => parentSpanId)).toEqual([root?.spanId, root?.spanId]);
  expect(graph.trees.seen.at(-1)?.traceparent).toBe(`00-${traceId}-${fetches[0]?.spanId}-00`);
  expect(await spansOf(whole.traceId)).toEqual([]);
});

test('what the client got wrong is no failure', async () => {
  const { traceId, body } = await ask('{ cats }');
  expect(body.errors).toHaveLength(1);
  const later = await ask('{ trees { birds } }');
  await eventually(async () => expect(await spansOf(later.traceId)).not.toEqual([]));
  expect(await spansOf(traceId)).toEqual([]);
});

test('a client may have its traces recorded, but not all of very many', async () => {
  const ids = Array.from({ length: 120 }, (_one, index) => index.toString(16).padStart(32, 'a'));
  const began = performance.now();
  for (const id of ids) await ask('{ trees { kind } }', `00-${id}-1111111111111111-01`);
  const seconds = (performance.now() - began) / 1_000;
  const recorded = async (): Promise<number> => {
    const spans = await Promise.all(ids.map(spansOf));
    return spans.filter((found) => found.length > 0).length;
  };
  await eventually(async () => expect(await recorded()).toBeGreaterThanOrEqual(50));
  expect(await recorded()).toBeLessThanOrEqual(51 + seconds * 5);
});
