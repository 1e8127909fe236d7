import { z } from 'zod';

const TIMEOUT_MS = 10_000;

const labels = z.record(z.string(), z.string());
const point = z.tuple([z.number(), z.string()]);

const answer = z.object({ status: z.string(), data: z.unknown().optional(), error: z.string().optional() });

const queryData = z.discriminatedUnion('resultType', [
  z.object({ resultType: z.literal('vector'), result: z.array(z.object({ metric: labels, value: point })) }),
  z.object({ resultType: z.literal('scalar'), result: point }),
  z.object({ resultType: z.literal('matrix'), result: z.array(z.object({ metric: labels, values: z.array(point) })) }),
  z.object({ resultType: z.literal('string'), result: point }),
]);

const exemplarData = z.array(
  z.object({
    seriesLabels: labels,
    exemplars: z.array(z.object({ labels, value: z.string(), timestamp: z.number() })),
  }),
);

const alertData = z.object({
  alerts: z.array(
    z.object({
      labels,
      annotations: labels,
      state: z.enum(['pending', 'firing']),
      activeAt: z.string(),
      value: z.string(),
    }),
  ),
});

/** One series of an answer; `value` is NaN where PromQL says so. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A trace that a distribution has left behind. */
export interface Exemplar {
  readonly series: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  readonly at: Date;
}

export type ActiveAlert = z.output<typeof alertData>['alerts'][number];

/** What is asked of a Prometheus over its HTTP interface. Each question throws when it is refused or takes 10 s. */
export class PrometheusApi {
  constructor(readonly url: string) {}

  /** The value of an expression now, or at `at`. */
  async query(promql: string, at?: Date): Promise<Sample[]> {
    const parameters = { query: promql, ...(at && { time: String(at.getTime() / 1000) }) };
    const data = queryData.parse(await this.#ask('query', parameters));
    if (data.resultType === 'vector') {
      return data.result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }));
    }
    if (data.resultType === 'matrix') {
      return data.result.map(({ metric, values }) => ({ labels: metric, value: Number(values.at(-1)?.[1]) }));
    }
    return [{ labels: {}, value: Number(data.result[1]) }];
  }

  /** The exemplars of all series that a selector names, oldest first. */
  async queryExemplars(selector: string, since: Date): Promise<Exemplar[]> {
    const span = { start: String(since.getTime() / 1000), end: String(Date.now() / 1000 + 1) };
    const series = exemplarData.parse(await this.#ask('query_exemplars', { query: selector, ...span }));
    const found = series.flatMap(({ seriesLabels, exemplars }) =>
      exemplars.map((one) => ({
        series: seriesLabels,
        labels: one.labels,
        value: Number(one.value),
        at: new Date(one.timestamp * 1000),
      })),
    );
    return found.sort((a, b) => a.at.getTime() - b.at.getTime());
  }

  /** The alerts that are pending or firing. */
  async alerts(): Promise<ActiveAlert[]> {
    return alertData.parse(await this.#ask('alerts', {})).alerts;
  }

  /** The names of all metrics that it knows. */
  async metricNames(): Promise<string[]> {
    return z.array(z.string()).parse(await this.#ask('label/__name__/values', {}));
  }

  async #ask(path: string, parameters: Readonly<Record<string, string>>): Promise<unknown> {
    const query = new URLSearchParams(parameters);
    const response = await fetch(`${this.url}/api/v1/${path}?${query.toString()}`, {
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const { status, data, error } = answer.parse(await response.json());
    if (status !== 'success') throw new Error(`Prometheus refused ${parameters['query'] ?? path}: ${error ?? status}`);
    return data;
  }
}
