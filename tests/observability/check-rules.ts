import type { Rule } from '../../observability/prometheus/render-rules';
import type { PrometheusApi } from './prometheus-api';
import { selectorsOf } from './promql-names';

/** What Prometheus makes itself, and only while an alert lasts. */
const MADE_BY_ALERTS: ReadonlySet<string> = new Set(['ALERTS', 'ALERTS_FOR_STATE']);

/** A rule that asks for what nobody measures. */
export interface RuleFault {
  readonly rule: string;
  readonly unknown: string;
}

/**
 * Which rules ask for a metric that nobody has told of, or choose by a label that no series of it has: such a rule is
 * silent for ever, and nobody notices.
 */
export async function checkRules(prometheus: PrometheusApi, rules: readonly Rule[]): Promise<RuleFault[]> {
  const known = new Set([...(await prometheus.metricNames()), ...MADE_BY_ALERTS]);
  const faults: RuleFault[] = [];
  for (const { alert, record, expr } of rules) {
    const rule = alert ?? record ?? '';
    for (const { metric, labels } of selectorsOf(expr)) {
      if (!known.has(metric)) faults.push({ rule, unknown: metric });
      else {
        for (const label of labels) {
          const found = await prometheus.query(`count(${metric}{${label}!=""})`);
          if (found.length === 0) faults.push({ rule, unknown: `${metric}{${label}}` });
        }
      }
    }
  }
  return faults;
}
