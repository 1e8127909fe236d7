import type { PrometheusApi } from './prometheus-api';
import type { PanelQuery } from './read-panels';

const DAY_MS = 24 * 3_600_000;

/** How many panels that show exemplars have some to show: each one is a trace to open. */
export async function countExemplars(prometheus: PrometheusApi, queries: readonly PanelQuery[]) {
  const wanted = queries.filter(({ wantsExemplars }) => wantsExemplars);
  let without = 0;
  for (const { expression } of wanted) {
    const found = await prometheus.queryExemplars(expression, new Date(Date.now() - DAY_MS));
    if (!found.some(({ labels }) => /^[0-9a-f]{32}$/.test(labels['trace_id'] ?? ''))) without += 1;
  }
  return { exemplar_queries: wanted.length, exemplar_queries_without_any: without };
}
