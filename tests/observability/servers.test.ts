import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { eventually, findTestTool, freePort } from '../../common/testkit';
import { startAlertmanager } from './start-alertmanager';
import { startPrometheus } from './start-prometheus';

jest.setTimeout(120_000);

const quiet = { report: () => undefined };
const within = { timeoutMs: 30_000, everyMs: 200 };

/** A process whose distribution has left a trace behind. */
async function startTarget() {
  const text = [
    '# TYPE work_seconds histogram',
    'work_seconds_bucket{le="1"} 1 # {trace_id="0af7651916cd43dd8448eb211c80319c"} 0.5',
    'work_seconds_bucket{le="+Inf"} 1',
    'work_seconds_sum 0.5',
    'work_seconds_count 1',
    '# EOF',
    '',
  ].join('\n');
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/openmetrics-text; version=1.0.0; charset=utf-8' }).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server that listens has an address object
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

test('a target is scraped with its exemplars, and one that is away becomes an alert that somebody is told of', async () => {
  if (!(await findTestTool('prometheus')) || !(await findTestTool('alertmanager'))) return;
  const began = new Date();
  const target = await startTarget();
  const alertmanager = await startAlertmanager({ ...quiet, scale: 1 / 60 });
  const prometheus = await startPrometheus({
    ...quiet,
    rulesScale: 1 / 60,
    scrapeMs: 500,
    alertmanagerUrl: alertmanager.url,
    targets: [
      { service: 'there', url: target.url },
      { service: 'away', url: `http://127.0.0.1:${await freePort()}` },
    ],
  });
  try {
    await eventually(async () => {
      expect(await prometheus.query('up{service="there"}')).toEqual([
        { labels: expect.objectContaining({ service: 'there', job: 'terakoya' }), value: 1 },
      ]);
      expect(await prometheus.queryExemplars('work_seconds_bucket', began)).toEqual([
        expect.objectContaining({ labels: { trace_id: '0af7651916cd43dd8448eb211c80319c' }, value: 0.5 }),
      ]);
    }, within);
    await eventually(async () => {
      const alerts = await prometheus.alerts();
      expect(alerts.map(({ labels, state }) => [labels['alertname'], labels['service'], state])).toContainEqual([
        'ServiceDown',
        'away',
        'firing',
      ]);
      const [told] = alertmanager.told;
      expect(told?.receiver).toBe('page');
      expect(told?.labels).toMatchObject({ alertname: 'ServiceDown', service: 'away', severity: 'page' });
      expect(told?.labels).not.toHaveProperty('runbooks');
      expect(told?.annotations['runbook_url']).toBe('observability/runbooks/ServiceDown.md');
    }, within);
  } finally {
    await prometheus.close();
    await alertmanager.close();
    await target.close();
  }
});

test('a question that is no PromQL is refused with its reason', async () => {
  if (!(await findTestTool('prometheus'))) return;
  const prometheus = await startPrometheus({ ...quiet, targets: [] });
  try {
    await expect(prometheus.query('rate(')).rejects.toThrow(/Prometheus refused rate\(.*parse error/);
    expect(await prometheus.query('vector(1)')).toEqual([{ labels: {}, value: 1 }]);
    expect(await prometheus.query('1 + 1')).toEqual([{ labels: {}, value: 2 }]);
  } finally {
    await prometheus.close();
  }
});
