import type { PrometheusApi, Sample } from './prometheus-api';
import type { PanelQuery } from './read-panels';

/** What is wrong with a question of a panel. */
export interface PanelFault {
  readonly where: string;
  readonly why: string;
}

/**
 * Asks what a panel asks. It is at fault when Prometheus refuses, when nothing or no number comes, and when its legend
 * names a label that no series has.
 */
export async function checkPanel(prometheus: PrometheusApi, panel: PanelQuery): Promise<PanelFault | undefined> {
  const { where, expression } = panel;
  try {
    const samples = (await prometheus.query(expression)).filter(({ value }) => !Number.isNaN(value));
    if (samples.length === 0) return { where, why: `no data: ${expression}` };
    const missing = missingLabels(panel.legend, samples);
    if (missing.length > 0) return { where, why: `no series has the label ${missing.join(', ')}: ${expression}` };
    return undefined;
  } catch (error) {
    return { where, why: String(error) };
  }
}

/** The labels of a legend that no series has. One number without labels is the 0 of what has not happened. */
function missingLabels(legend: string, samples: readonly Sample[]): string[] {
  const isZeroAlone = samples.every(({ labels, value }) => Object.keys(labels).length === 0 && value === 0);
  if (isZeroAlone) return [];
  const wanted = [...legend.matchAll(/\{\{(\w+)\}\}/g)].map(([, label]) => label ?? '');
  return wanted.filter((label) => samples.every(({ labels }) => !labels[label]));
}
