import { eventually } from '../../common/testkit/eventually';
import type { StoredSpan } from '../src/traces/otlp';
import type { StoredLine } from '../src/traces/otlp-logs';
import { treeOf } from '../src/traces/trace-tree';
import { createTraces, tracesConfig } from '../src/traces/service';
import { type StartedProgram, startProgram } from './start-program';

const receiver = createTraces(tracesConfig.read({ PORT: '0' }));
let received = '';
let program: StartedProgram;

interface Found {
  readonly spans: readonly StoredSpan[];
  readonly lines: readonly StoredLine[];
}

beforeAll(async () => {
  received = `http://127.0.0.1:${(await receiver.start()).port}`;
  program = await startProgram({
    OTEL_EXPORTER_OTLP_ENDPOINT: received,
    OTEL_TRACES_SAMPLER_ARG: '0',
    TRACES_SLOW_MS: '1500',
  });
});
afterAll(async () => {
  await program.stop();
  await receiver.close();
});

async function find(traceId: string): Promise<Found> {
  return JSON.parse(await (await fetch(`${received}/api/traces/${traceId}`)).text()) as Found; // our own view
}

/** What has arrived of a trace, once it has spans. */
function arrived(traceId: string): Promise<Found> {
  return eventually(async () => {
    const found = await find(traceId);
    expect(found.spans.length).toBeGreaterThanOrEqual(1);
    return found;
  });
}

const TRACE = '0123456789abcdef0123456789abcdef';
const ABOVE = '1111111111111111';

test('slow work of a trace that was not sampled is kept with its parts, under the span that asked for it', async () => {
  const { traceId } = await program.ask('/slow', `00-${TRACE}-${ABOVE}-00`);
  expect(traceId).toBe(TRACE);
  const { spans } = await arrived(traceId);
  expect(spans.map(({ name, kind, parentSpanId }) => [name, kind, parentSpanId])).toEqual([
    ['GET /slow', 'server', ABOVE],
    ['part', 'client', spans[0]?.spanId],
  ]);
  expect(spans[0]?.attributes).toMatchObject({
    'http.route': '/slow',
    'http.request.method': 'GET',
    'http.response.status_code': 200,
    'terakoya.kind': 'test',
    'terakoya.late': true,
  });
  expect(spans[1]?.attributes['terakoya.subgraph']).toBe('notes');
  const [whole, part] = spans.map(({ startMs, endMs }) => endMs - startMs);
  expect(part).toBeGreaterThanOrEqual(1_499);
  expect(whole).toBeGreaterThanOrEqual(part ?? Infinity);
  expect(await program.metrics()).toContain(`trace_id="${TRACE}"`);
});

test('what another process is asked for meanwhile stands under the span that asked', async () => {
  const { traceId } = await program.ask('/asking');
  const spans = await eventually(async () => {
    const found = (await find(traceId)).spans;
    expect(found.map(({ name }) => name)).toEqual(['GET /asking', 'GET /slow', 'part']);
    return found;
  });
  expect(treeOf(spans).map(({ depth, isOrphan }) => [depth, isOrphan])).toEqual([
    [0, false],
    [1, false],
    [2, false],
  ]);
});

test('work in which something failed is kept, with the code of the error and not its message', async () => {
  const { traceId } = await program.ask('/failing');
  const { spans } = await arrived(traceId);
  expect(spans.map(({ name, failed }) => [name, failed])).toEqual([
    ['GET /failing', false],
    ['part', true],
  ]);
  expect(spans[1]?.attributes['error.type']).toBe('UNAVAILABLE');
});

test('what fails in a stream is kept at once, whenever the stream ends', async () => {
  const accept = 'text/event-stream';
  const response = await fetch(`${program.url}/failing`, { headers: { accept } });
  const { trace_id: traceId } = JSON.parse(await response.text()) as { trace_id: string };
  const { spans } = await arrived(traceId);
  expect(spans.map(({ name, failed }) => [name, failed])).toEqual([['part', true]]);
});

test('a defect is kept: status 500 and the class of the error', async () => {
  const traceId = '22222222222222222222222222222222';
  expect((await program.ask('/broken', `00-${traceId}-${ABOVE}-00`)).status).toBe(500);
  const { spans } = await arrived(traceId);
  expect(spans[0]).toMatchObject({ name: 'GET /broken', failed: true });
  expect(JSON.stringify(spans)).not.toContain('what a pupil wrote');
});

test('everything else is forgotten; its log lines still name its trace', async () => {
  const fast = await program.ask('/fast');
  const slow = await program.ask('/slow'); // arrives after it
  await arrived(slow.traceId);
  const { spans, lines } = await eventually(async () => {
    const found = await find(fast.traceId);
    expect(found.lines.map(({ text, service }) => [text, service])).toEqual([['asked', 'traced']]);
    return found;
  });
  expect(spans).toEqual([]);
  expect(lines[0]).toMatchObject({ severity: 'info', attributes: { path: '/fast' } });
});

test('requests are observed by route, method and status', async () => {
  await program.ask('/fast');
  expect(await program.metrics()).toMatch(
    /terakoya_http_request_seconds_count\{(?=[^}]*route="\/fast")(?=[^}]*method="GET")(?=[^}]*status="200")[^}]*\} [1-9]/,
  );
});

test('what is held when a process is told to end is sent before it ends', async () => {
  const ending = await startProgram({ OTEL_EXPORTER_OTLP_ENDPOINT: received, OTEL_TRACES_SAMPLER_ARG: '1' });
  const { traceId } = await ending.ask('/fast');
  expect(await ending.stop()).toBe(0);
  const { spans, lines } = await find(traceId);
  expect([spans.map(({ name }) => name), lines.map(({ text }) => text)]).toEqual([['GET /fast'], ['asked']]);
});
