import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { eventually, findTestTool } from '../../common/testkit';
import { checkPanel } from './check-panels';
import { checkRules } from './check-rules';
import { checkExemplars } from './exemplars';
import { type LocalPrometheus, startPrometheus } from './start-prometheus';

jest.setTimeout(120_000);

const METRICS = [
  '# TYPE work_seconds histogram',
  'work_seconds_bucket{kind="long",le="1"} 1 # {trace_id="0af7651916cd43dd8448eb211c80319c"} 0.5',
  'work_seconds_bucket{kind="long",le="+Inf"} 1',
  'work_seconds_sum{kind="long"} 0.5',
  'work_seconds_count{kind="long"} 1',
  '# TYPE idle_seconds histogram',
  'idle_seconds_bucket{le="+Inf"} 0',
  'idle_seconds_sum 0',
  'idle_seconds_count 0',
  '# EOF',
  '',
].join('\n');

let prometheus: LocalPrometheus | undefined;
const target = createServer((_request, response) => {
  response.setHeader('content-type', 'application/openmetrics-text; version=1.0.0; charset=utf-8');
  response.end(METRICS);
});

beforeAll(async () => {
  if (!(await findTestTool('prometheus'))) return;
  await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
  const { port } = target.address() as AddressInfo; // a TCP server that listens has an address object
  const started = await startPrometheus({
    targets: [{ service: 'there', url: `http://127.0.0.1:${port}` }],
    scrapeMs: 500,
    report: () => undefined,
  });
  prometheus = started;
  const within = { timeoutMs: 30_000, everyMs: 200 };
  await eventually(async () => {
    expect((await started.query('rate(work_seconds_count[1m])')).length).toBe(1);
    expect((await started.queryExemplars('work_seconds_bucket', new Date(0))).length).toBe(1);
  }, within);
});
afterAll(async () => {
  await prometheus?.close();
  target.closeAllConnections();
  target.close();
});

const panel = (expression: string, legend = 'line') => ({ where: 'panel', expression, legend, wantsExemplars: true });

test.each([
  ['a value', panel('work_seconds_count', '{{kind}}'), undefined],
  ['the 0 of what has not happened', panel('sum by (kind) (nothing_total) or vector(0)', '{{kind}}'), undefined],
  ['a metric that nobody measures', panel('rate(nothing_total[1m])'), /no data/],
  [
    'a quantile of nothing, which is no number',
    panel('histogram_quantile(0.5, rate(idle_seconds_bucket[1m]))'),
    /no data/,
  ],
  ['a legend of a label that no series has', panel('work_seconds_count', '{{colour}}'), /colour/],
  ['what is no PromQL', panel('rate('), /parse error/],
])('a panel with %s', async (_what, query, expected) => {
  if (!prometheus) return;
  const fault = await checkPanel(prometheus, query);
  if (expected === undefined) expect(fault).toBeUndefined();
  else expect(fault?.why).toMatch(expected);
});

test('rules that ask for what nobody measures are found, by metric and by label', async () => {
  if (!prometheus) return;
  const rules = [
    { alert: 'Right', expr: 'rate(work_seconds_count{kind="long"}[5m]) > 1' },
    { alert: 'WrongMetric', expr: 'rate(wrok_seconds_count[5m]) > 1' },
    { alert: 'WrongLabel', expr: 'rate(work_seconds_count{knid="long"}[5m]) > 1' },
  ];
  expect(await checkRules(prometheus, rules)).toEqual([
    { rule: 'WrongMetric', unknown: 'wrok_seconds_count' },
    { rule: 'WrongLabel', unknown: 'work_seconds_count{knid}' },
  ]);
});

test('panels that lead to no trace are found', async () => {
  if (!prometheus) return;
  const queries = [panel('work_seconds_bucket'), { ...panel('idle_seconds_bucket'), where: 'idle' }];
  expect(await checkExemplars(prometheus, queries)).toEqual({ wanted: 2, without: ['idle'] });
});
