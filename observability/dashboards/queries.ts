import type { Query } from './panels';

/** The window of a rate in a chart: Grafana makes it four scrapes or one point of the chart, whatever is longer. */
const WINDOW = '[$__rate_interval]';

/** How often per second something happened, for each value of the labels `by`. */
export function rateBy(by: string, selector: string): string {
  return `sum by (${by}) (rate(${selector}${WINDOW}))`;
}

/** How often per second something happened altogether; 0 when it never did. */
export function rateOf(selector: string): string {
  return `sum(rate(${selector}${WINDOW})) or vector(0)`;
}

/** How often per second something happened that may never happen: a line for each `by`, and 0 while there is none. */
export function rareBy(by: string, selector: string): string {
  return `${rateBy(by, selector)} or vector(0)`;
}

/** Which share of all (`of`) is such (`part`), 0 to 1, for each value of the labels `by`; 0 where none is. */
export function shareBy(by: string, part: string, of: string): string {
  return `(${rateBy(by, part)} or 0 * ${rateBy(by, of)}) / (${rateBy(by, of)} > 0) or vector(0)`;
}

/** A quantile of a distribution in seconds (or its unit), for each value of the labels `by`. */
export function quantileBy(by: string, quantile: number, histogram: string, labels = ''): string {
  const grouped = by === '' ? 'le' : `${by}, le`;
  return `histogram_quantile(${quantile}, sum by (${grouped}) (rate(${histogram}_bucket${labels}${WINDOW})))`;
}

/** Half, most and nearly all of a distribution: three lines. */
export function spread(histogram: string, labels = ''): Query[] {
  return [
    [quantileBy('', 0.5, histogram, labels), 'half'],
    [quantileBy('', 0.95, histogram, labels), '95 of 100'],
    [quantileBy('', 0.99, histogram, labels), '99 of 100'],
  ];
}
