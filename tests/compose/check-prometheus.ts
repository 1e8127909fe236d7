import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'yaml';
import { z } from 'zod';

import { ROOT } from '../../scripts/start/services';
import type { ComposeFile } from './compose-file';

const schema = z.object({
  scrape_configs: z.array(
    z.object({
      static_configs: z.array(z.object({ targets: z.array(z.string()), labels: z.object({ service: z.string() }) })),
    }),
  ),
});

/** Whether Prometheus finds every target under the name and port that a Compose file gives it, and misses none of ours. */
export function prometheusViolations({ services }: ComposeFile): string[] {
  const text = readFileSync(join(ROOT, 'observability', 'prometheus', 'prometheus.yml'), 'utf8');
  const targets = schema
    .parse(parse(text))
    .scrape_configs.flatMap(({ static_configs: configs }) =>
      configs.flatMap(({ targets: hosts, labels }) => hosts.map((host) => ({ host, label: labels.service }))),
    );
  const wrong = targets.flatMap(({ host, label }) => {
    const [name = '', port = ''] = host.split(':');
    if (name === 'localhost') return [];
    const service = services[name];
    if (!service) return [`Prometheus asks ${host}, which is no service`];
    const { PORT, OTEL_SERVICE_NAME } = service.environment;
    if (PORT !== undefined && PORT !== port) return [`Prometheus asks ${host}, and it listens on ${PORT}`];
    return OTEL_SERVICE_NAME !== undefined && OTEL_SERVICE_NAME !== label
      ? [`${name} is ${label} in metrics and ${OTEL_SERVICE_NAME} in traces`]
      : [];
  });
  const asked = new Set(targets.map(({ host }) => host.split(':', 1)[0] ?? ''));
  const unwatched = Object.entries(services)
    .filter(([name, { environment }]) => 'OTEL_SERVICE_NAME' in environment && !asked.has(name))
    .map(([name]) => `Prometheus does not ask ${name}`);
  return [...wrong, ...unwatched];
}
