import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'yaml';

import { runCommand } from '../../common/system-tools';
import { findTestTool } from '../../common/testkit';
import { type Rule, renderRules } from '../../observability/prometheus/render-rules';
import { readDashboards } from './read-panels';

jest.setTimeout(120_000);

const OBSERVABILITY = join(__dirname, '..', '..', 'observability');
const PROMETHEUS = join(OBSERVABILITY, 'prometheus');
const HEADINGS = ['## Meaning', '## Look here', '## Do this', '## It is over when'];

const runbooks = readdirSync(join(OBSERVABILITY, 'runbooks')).filter((name) => name !== 'README.md');

async function alerts(): Promise<Rule[]> {
  return (await renderRules(1)).flatMap(({ rules }) => rules).filter(({ alert }) => alert !== undefined);
}

test('every alert has a runbook and every runbook an alert', async () => {
  const names = new Set((await alerts()).map(({ alert }) => `${alert ?? ''}.md`));
  expect(runbooks.sort()).toEqual([...names].sort());
});

test.each(runbooks)('%s tells what it means, where to look, what to do and when it is over', (name) => {
  const text = readFileSync(join(OBSERVABILITY, 'runbooks', name), 'utf8');
  const found = text.match(/^## .*$/gm);
  expect(found).toEqual(HEADINGS);
  for (const part of text.split(/^## .*$/m).slice(1)) expect(part.trim().length).toBeGreaterThan(20);
});

test('every alert says how bad it is, links to a dashboard that exists, to its runbook and to exemplars', async () => {
  const paths = readDashboards().map(({ uid }) => `/d/${uid}`);
  for (const { alert, labels, annotations } of await alerts()) {
    expect(['page', 'ticket']).toContain(labels?.['severity']);
    expect(paths).toContain(annotations?.['dashboard']);
    expect(annotations).toMatchObject({
      summary: expect.stringMatching(/\w/),
      description: expect.stringMatching(/\w/),
      runbook_url: `{{ $externalLabels.runbooks }}/${alert ?? ''}.md`,
      exemplars: expect.stringMatching(/^terakoya_\w+_(bucket|total)(\{.*\})?$/),
    });
  }
});

test('every runbook names a dashboard and only dashboards that exist', () => {
  const paths = readDashboards().map(({ uid }) => `/d/${uid}`);
  for (const name of runbooks) {
    const text = readFileSync(join(OBSERVABILITY, 'runbooks', name), 'utf8');
    const named = text.match(/\/d\/[a-z-]+/g) ?? [];
    expect({ name, count: named.length > 0 }).toEqual({ name, count: true });
    for (const path of named) expect(paths).toContain(path);
  }
});

test('Prometheus takes the configuration and the rules, and every alert fires and ends as its tests say', async () => {
  const promtool = await findTestTool('promtool');
  if (!promtool) return;
  const { command, env } = promtool;
  await runCommand(command, ['check', 'config', join(PROMETHEUS, 'prometheus.yml')], { env });
  const tests = readdirSync(join(PROMETHEUS, 'tests')).map((name) => join(PROMETHEUS, 'tests', name));
  await runCommand(command, ['test', 'rules', ...tests], { env });
  const tried = tests.map((file) => readFileSync(file, 'utf8')).join('\n');
  for (const { alert } of await alerts()) expect(tried).toContain(`alertname="${alert ?? ''}"`);
});

test('Alertmanager takes its configuration and sends pages and tickets where they belong', async () => {
  const amtool = await findTestTool('amtool');
  if (!amtool) return;
  const { command, env } = amtool;
  const file = join(OBSERVABILITY, 'alertmanager', 'alertmanager.yml');
  await runCommand(command, ['check-config', file], { env });
  const route = (severity: string): Promise<string> =>
    runCommand(command, ['config', 'routes', 'test', `--config.file=${file}`, `severity=${severity}`], { env });
  expect((await route('page')).trim()).toBe('page');
  expect((await route('ticket')).trim()).toBe('ticket');
});

interface Collector {
  readonly service: {
    readonly extensions: readonly string[];
    readonly pipelines: Readonly<Record<string, Readonly<Record<'receivers' | 'processors' | 'exporters', string[]>>>>;
  };
  readonly [part: string]: object;
}

test('every part of a pipeline of the Collector is configured, every configured part is used, memory comes first', () => {
  const config = parse(readFileSync(join(OBSERVABILITY, 'collector', 'config.yaml'), 'utf8')) as Collector; // our own file
  const pipelines = Object.values(config.service.pipelines);
  const names = (part: string): string[] => Object.keys(config[part] ?? {});
  const connectors = names('connectors');
  const used = (part: 'receivers' | 'processors' | 'exporters'): string[] =>
    [...new Set(pipelines.flatMap((pipeline) => pipeline[part]))].sort();
  expect(used('receivers')).toEqual([...names('receivers'), ...connectors].sort());
  expect(used('exporters')).toEqual([...names('exporters'), ...connectors].sort());
  expect(used('processors')).toEqual(names('processors').sort());
  expect(config.service.extensions).toEqual(names('extensions'));
  for (const { processors } of pipelines) expect(processors[0]).toBe('memory_limiter');
});

test('data sources link to each other and to nothing else', () => {
  const file = join(OBSERVABILITY, 'grafana', 'provisioning', 'datasources', 'datasources.yaml');
  const text = readFileSync(file, 'utf8');
  const { datasources } = parse(text) as { datasources: { uid: string }[] }; // our own file
  const uids = datasources.map(({ uid }) => uid);
  expect(uids).toEqual(['prometheus', 'tempo', 'loki', 'alertmanager']);
  const links = [...text.matchAll(/(?:datasourceUid|alertmanagerUid): (\w+)/g)].map(([, uid]) => uid);
  expect(links.length).toBeGreaterThanOrEqual(6);
  for (const uid of links) expect(uids).toContain(uid);
});
