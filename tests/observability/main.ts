/**
 * `npm run verify:observability`: a whole school lives a day while a real Prometheus watches it. Then every question of
 * every panel is asked and every rule is looked through. Progress for people and, last, one line of JSON.
 */
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

import { poll } from '../../common/lifecycle';
import { requireTool, runCommand } from '../../common/system-tools';
import { renderRules } from '../../observability/prometheus/render-rules';
import { type PanelFault, checkPanel } from './check-panels';
import { checkRules } from './check-rules';
import { liveSchoolDay } from './day/school-day';
import { checkExemplars } from './exemplars';
import { readDashboards, readPanelQueries } from './read-panels';
import { type WatchedSchool, openWatchedSchool } from './watched-school';

/** Minutes of the rules become seconds times ten: the day takes a few minutes. */
const RULES_SCALE = 1 / 10;
/** Rates of panels go over the whole day. */
const WINDOW = '10m';
const PROMETHEUS = join(__dirname, '..', '..', 'observability', 'prometheus');

const report = (line: string): void => console.error(line);

/** What is written must be what Prometheus takes, before anything is started. */
async function checkFiles(): Promise<void> {
  const { command, env } = await requireTool('promtool', { report });
  await runCommand(command, ['check', 'config', join(PROMETHEUS, 'prometheus.yml')], { env });
  const tests = readdirSync(join(PROMETHEUS, 'tests')).map((name) => join(PROMETHEUS, 'tests', name));
  await runCommand(command, ['test', 'rules', ...tests], { env });
  report('promtool takes the configuration, and every test of the rules passes');
}

/** Everything that has happened until now has been scraped. */
async function scraped({ prometheus }: WatchedSchool): Promise<void> {
  const now = Date.now() / 1000;
  await poll('A scrape after the day', { timeoutMs: 30_000, everyMs: 500 }, async () => {
    const [oldest] = await prometheus.query('min(timestamp(up))');
    return oldest && oldest.value > now + 1 ? true : undefined;
  });
}

async function verify({ prometheus }: WatchedSchool) {
  const rules = (await renderRules(1)).flatMap((file) => file.rules);
  const queries = readPanelQueries(WINDOW);
  const panelFaults: PanelFault[] = [];
  for (const query of queries) {
    const fault = await checkPanel(prometheus, query);
    if (fault) panelFaults.push(fault);
  }
  const ruleFaults = await checkRules(prometheus, rules);
  const exemplars = await checkExemplars(prometheus, queries);
  for (const { where, why } of panelFaults) report(`PANEL ${where}: ${why}`);
  for (const { rule, unknown } of ruleFaults) report(`RULE ${rule}: nobody measures ${unknown}`);
  for (const where of exemplars.without) report(`PANEL ${where}: no trace to open`);
  const panels = readDashboards().flatMap((one) => one.panels.filter(({ type }) => type !== 'row'));
  const figures = {
    dashboards: readDashboards().length,
    panels: panels.length,
    queries: queries.length,
    panels_without_data: new Set(panelFaults.map(({ where }) => where.replace(/ › \w+$/, ''))).size,
    rules: rules.length,
    alerts: rules.filter(({ alert }) => alert !== undefined).length,
    rules_with_unknown_metric: new Set(ruleFaults.map(({ rule }) => rule)).size,
    exemplar_queries: exemplars.wanted,
    exemplar_queries_without_any: exemplars.without.length,
  };
  return { figures, details: { panelFaults, ruleFaults, withoutExemplars: exemplars.without } };
}

async function main(): Promise<void> {
  await checkFiles();
  const watched = await openWatchedSchool({ rulesScale: RULES_SCALE, report });
  try {
    await liveSchoolDay(watched, report);
    await scraped(watched);
    const { figures, details } = await verify(watched);
    const machine = { cores: availableParallelism(), node: process.version };
    console.log(JSON.stringify({ name: 'verify:observability', machine, figures, details }));
    const faults =
      figures.panels_without_data + figures.rules_with_unknown_metric + figures.exemplar_queries_without_any;
    process.exitCode = faults === 0 ? 0 : 1;
  } finally {
    await watched.close();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
