import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { parse, stringify } from 'yaml';

import { startOnPort } from '../../common/local-servers/free-port';
import { startServerProcess } from '../../common/local-servers/server-process';
import { requireTool } from '../../common/system-tools';
import { temporaryFolder } from '../../common/testkit';
import { renderRules } from '../../observability/prometheus/render-rules';
import { PrometheusApi } from './prometheus-api';

const CONFIGURATION = join(__dirname, '..', '..', 'observability', 'prometheus', 'prometheus.yml');

/** A process that is scraped. */
export interface ScrapeTarget {
  /** The value of the label `service`. */
  readonly service: string;
  /** Its base URL; /metrics is added. */
  readonly url: string;
}

export interface PrometheusOptions {
  readonly targets: readonly ScrapeTarget[];
  /** What all times in the rules are multiplied by; 1 unless given. */
  readonly rulesScale?: number;
  /** From one scrape to the next, and from one evaluation of rules to the next; 1000 unless given. */
  readonly scrapeMs?: number;
  /** Where alerts go; nowhere unless given. */
  readonly alertmanagerUrl?: string;
  readonly report: (line: string) => void;
}

/** A Prometheus that runs for a verification. */
export class LocalPrometheus extends PrometheusApi {
  constructor(
    url: string,
    private readonly stop: () => Promise<void>,
  ) {
    super(url);
  }

  /** Ends it; what it has stored is removed. */
  close(): Promise<void> {
    return this.stop();
  }
}

/**
 * Starts a real Prometheus on a free port of loopback with the configuration of the repository: its rules, with their
 * times scaled, and the targets that are given. It has exemplars. Throws ToolMissingError where it cannot be had.
 */
export async function startPrometheus(options: PrometheusOptions): Promise<LocalPrometheus> {
  const tool = await requireTool('prometheus', { report: options.report });
  const folder = temporaryFolder();
  try {
    const file = await writeConfiguration(folder.path, options);
    return await startOnPort(0, { name: 'Prometheus', portVariable: 'no variable' }, async (port) => {
      const server = await startServerProcess({
        name: 'Prometheus',
        command: tool.command,
        env: { ...tool.env, PATH: '/usr/bin:/bin' },
        args: [
          `--config.file=${file}`,
          `--storage.tsdb.path=${join(folder.path, 'data')}`,
          `--web.listen-address=127.0.0.1:${port}`,
          '--enable-feature=exemplar-storage',
        ],
        readyLine: 'Server is ready to receive web requests',
        stopSignal: 'TERM',
        remove: [folder.path],
        report: options.report,
      });
      return new LocalPrometheus(`http://127.0.0.1:${port}`, server.stop);
    });
  } catch (error) {
    folder.remove();
    throw error;
  }
}

interface Configuration {
  global: Record<string, unknown>;
  alerting: { alertmanagers: unknown[] };
  scrape_configs: unknown[];
}

async function writeConfiguration(folder: string, options: PrometheusOptions): Promise<string> {
  const { targets, rulesScale = 1, scrapeMs = 1_000, alertmanagerUrl } = options;
  const rules = join(folder, 'rules');
  mkdirSync(rules, { recursive: true });
  for (const { file, text } of await renderRules(rulesScale)) writeFileSync(join(rules, file), text);
  const configuration = parse(readFileSync(CONFIGURATION, 'utf8')) as Configuration; // our own file
  const often = `${scrapeMs}ms`;
  Object.assign(configuration.global, {
    scrape_interval: often,
    // A scrape that Redis or the database keeps waiting is better late than lost.
    scrape_timeout: often,
    evaluation_interval: often,
  });
  configuration.alerting.alertmanagers =
    alertmanagerUrl === undefined ? [] : [{ static_configs: [{ targets: [new URL(alertmanagerUrl).host] }] }];
  configuration.scrape_configs = [{ job_name: 'terakoya', static_configs: targets.map(staticConfig) }];
  const file = join(folder, 'prometheus.yml');
  writeFileSync(file, stringify(configuration));
  return file;
}

function staticConfig({ service, url }: ScrapeTarget) {
  return { targets: [new URL(url).host], labels: { service } };
}
