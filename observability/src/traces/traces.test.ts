import { createTraces, tracesConfig } from './service';

const service = createTraces(tracesConfig.read({ PORT: '0' }));
let base = '';

beforeAll(async () => {
  base = `http://127.0.0.1:${(await service.start()).port}`;
});
afterAll(() => service.close());

const TRACE = 'a'.repeat(32);

function span(spanId: string, parentSpanId: string | undefined, name: string, startMs: number) {
  return {
    traceId: TRACE,
    spanId: spanId.padEnd(16, '0'),
    parentSpanId: parentSpanId?.padEnd(16, '0'),
    name,
    kind: 2,
    startTimeUnixNano: `${startMs}000000`,
    endTimeUnixNano: `${startMs + 5}000000`,
    attributes: [{ key: 'http.route', value: { stringValue: '<script>' } }],
    status: {},
  };
}

function send(spans: object[], service_ = 'gateway') {
  return fetch(`${base}/v1/traces`, {
    method: 'POST',
    body: JSON.stringify({
      resourceSpans: [
        {
          resource: { attributes: [{ key: 'service.name', value: { stringValue: service_ } }] },
          scopeSpans: [{ spans }],
        },
      ],
    }),
  });
}

test('spans of several processes become one tree, parents first, orphans marked', async () => {
  expect((await send([span('c', 'b', 'SELECT', 30), span('a', undefined, 'POST /graphql', 10)])).status).toBe(200);
  await send([span('b', 'a', 'fetch <notes>', 20), span('d', 'f', 'lost', 40)], 'notes');

  const { spans } = JSON.parse(await (await fetch(`${base}/api/traces/${TRACE}`)).text());
  expect(spans.map((found: { name: string; service: string }) => [found.service, found.name])).toEqual([
    ['gateway', 'POST /graphql'],
    ['notes', 'fetch <notes>'],
    ['gateway', 'SELECT'],
    ['notes', 'lost'],
  ]);
  const html = await (await fetch(`${base}/traces/${TRACE}`)).text();
  expect(html.indexOf('POST /graphql')).toBeLessThan(html.indexOf('SELECT'));
  expect(html).toContain('lost (parent unknown)');
  expect(html).not.toContain('<script>');
  expect(await (await fetch(`${base}/`)).text()).toContain(`/traces/${TRACE}`);
});

test('what is not OTLP is refused, what is unknown is said', async () => {
  expect((await fetch(`${base}/v1/traces`, { method: 'POST', body: 'no' })).status).toBe(400);
  expect(await (await fetch(`${base}/traces/${'b'.repeat(32)}`)).text()).toContain('not known here');
  expect((await fetch(`${base}/elsewhere`)).status).toBe(404);
});
