import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics, openMetricsContentType } from 'prom-client';

/**
 * The metrics of this process in OpenMetrics form. One registry per process is deliberate: a metric is a name that the
 * whole process shares, as it is scraped as one target.
 */
const registry = new Registry<typeof openMetricsContentType>();
registry.setContentType(openMetricsContentType);
collectDefaultMetrics({ register: registry as unknown as Registry }); // prom-client types the registry by content type

export const METRICS_CONTENT_TYPE = openMetricsContentType;

/** Everything counted so far, as text for Prometheus. */
export function metricsText(): Promise<string> {
  return registry.metrics();
}

/** A count that only grows; asking twice for one name gives the same counter. `labels` must have few values. */
export function counter<L extends string>(name: string, help: string, labels: readonly L[] = []): Counter<L> {
  return find<Counter<L>>(name) ?? new Counter({ name, help, labelNames: [...labels], registers: [registry] });
}

/** A value that goes up and down. */
export function gauge<L extends string>(name: string, help: string, labels: readonly L[] = []): Gauge<L> {
  return find<Gauge<L>>(name) ?? new Gauge({ name, help, labelNames: [...labels], registers: [registry] });
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** A distribution of durations in seconds (or of what `buckets` says). */
export function histogram<L extends string>(
  name: string,
  help: string,
  labels: readonly L[] = [],
  buckets: readonly number[] = SECONDS,
): Histogram<L> {
  return (
    find<Histogram<L>>(name) ??
    new Histogram({ name, help, labelNames: [...labels], buckets: [...buckets], registers: [registry] })
  );
}

/** The registry forgets label types; the name decides which metric it is. */
function find<M>(name: string): M | undefined {
  return registry.getSingleMetric(name) as unknown as M | undefined;
}
