import type { PrometheusApi } from './prometheus-api';
import type { PanelQuery } from './read-panels';

const DAY_MS = 24 * 3_600_000;

/** How many questions of panels show exemplars, and which have none to show: each one is a trace to open. */
export async function checkExemplars(prometheus: PrometheusApi, queries: readonly PanelQuery[]) {
  const wanted = queries.filter(({ wantsExemplars }) => wantsExemplars);
  const without: string[] = [];
  for (const { where, expression } of wanted) {
    const found = await prometheus.queryExemplars(expression, new Date(Date.now() - DAY_MS));
    if (!found.some(({ labels }) => /^[0-9a-f]{32}$/.test(labels['trace_id'] ?? ''))) without.push(where);
  }
  return { wanted: wanted.length, without };
}
