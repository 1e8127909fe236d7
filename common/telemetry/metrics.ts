import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics, openMetricsContentType } from 'prom-client';

import { sampledTraceIds } from './tracing';

/**
 * The metrics of this process in OpenMetrics form. One registry per process is deliberate: a metric is a name that the
 * whole process shares, as it is scraped as one target.
 */
const registry = new Registry<typeof openMetricsContentType>();
registry.setContentType(openMetricsContentType);
const defaults = registry as unknown as Registry; // prom-client types the registry by content type
collectDefaultMetrics({ register: defaults, eventLoopMonitoringPrecision: 1_000 });
// Its lag of the event loop includes its precision, and a fine one wakes an idle process 200 times a second: observe-process.ts
// has our own.
for (const { name } of defaults.getMetricsAsArray()) {
  if (name.startsWith('nodejs_eventloop_lag')) defaults.removeSingleMetric(name);
}

export const METRICS_CONTENT_TYPE = openMetricsContentType;

/** Everything counted so far, as text for Prometheus. */
export function metricsText(): Promise<string> {
  return registry.metrics();
}

/** A count that only grows; asking twice for one name gives the same counter. `labels` must have few values. */
export function counter<L extends string>(name: string, help: string, labels: readonly L[] = []): Counter<L> {
  return find<Counter<L>>(name) ?? new Counter({ name, help, labelNames: [...labels], registers: [registry] });
}

/** A count of what is rare and worth a look: the latest one counted in a sampled trace leaves that trace as its exemplar. */
export function tracedCounter<L extends string>(
  name: string,
  help: string,
  labels: readonly L[],
): { inc(labels: Record<L, string>, by?: number): void } {
  const found =
    find<Counter<L>>(name) ??
    new Counter({ name, help, labelNames: [...labels], registers: [registry], enableExemplars: true });
  return {
    inc(given, value = 1) {
      const exemplarLabels = exemplar<L>();
      // An empty set would be taken for an exemplar.
      found.inc({ labels: given, value, ...('trace_id' in exemplarLabels ? { exemplarLabels } : {}) });
    },
  };
}

/** A value that goes up and down. */
export function gauge<L extends string>(name: string, help: string, labels: readonly L[] = []): Gauge<L> {
  return find<Gauge<L>>(name) ?? new Gauge({ name, help, labelNames: [...labels], registers: [registry] });
}

/** How long what is asked when metrics are collected may take, in milliseconds. */
const COLLECT_MS = 750;

/**
 * Has a metric set when it is collected, and not on a timer. A failure, or an answer that takes more than 750 ms, leaves the
 * value as it was; a later call takes the place of an earlier one.
 */
export function whenCollected(metric: object, set: () => Promise<void>): void {
  const collect = async (): Promise<void> => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, COLLECT_MS)));
    await Promise.race([set().catch(() => undefined), late]).finally(() => clearTimeout(timer));
  };
  Object.assign(metric, { collect });
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/**
 * A distribution. What is observed inside a sampled trace leaves that trace as the exemplar of its bucket: the way from
 * a latency in a chart to a trace that had it.
 */
export interface Distribution<L extends string> {
  observe(labels: Partial<Record<L, string | number>>, value: number): void;
  /** Starts a clock; the function it gives observes the seconds since then and gives them back. */
  startTimer(labels?: Partial<Record<L, string | number>>): (more?: Partial<Record<L, string | number>>) => number;
}

/** A distribution of durations in seconds (or of what `buckets` says). */
export function histogram<L extends string>(
  name: string,
  help: string,
  labels: readonly L[] = [],
  buckets: readonly number[] = SECONDS,
): Distribution<L> {
  const found =
    find<Histogram<L>>(name) ??
    new Histogram({
      name,
      help,
      labelNames: [...labels],
      buckets: [...buckets],
      registers: [registry],
      enableExemplars: true,
    });
  const observe: Distribution<L>['observe'] = (given, value) =>
    found.observe({ labels: given, value, exemplarLabels: exemplar<L>() });
  return {
    observe,
    startTimer(given) {
      const began = performance.now();
      return (more) => {
        const seconds = (performance.now() - began) / 1000;
        observe({ ...given, ...more }, seconds);
        return seconds;
      };
    },
  };
}

/** What the trace that is active leaves; prom-client types an exemplar's labels as if they were the metric's own. */
function exemplar<L extends string>(): Partial<Record<L, string>> {
  return sampledTraceIds() as Partial<Record<L, string>>;
}

/** The registry forgets label types; the name decides which metric it is. */
function find<M>(name: string): M | undefined {
  return registry.getSingleMetric(name) as unknown as M | undefined;
}
