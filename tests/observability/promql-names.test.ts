import { selectorsOf } from './promql-names';

const names = (expression: string): string[] => selectorsOf(expression).map(({ metric }) => metric);

test.each([
  ['rate(a_total{x="b",y=~"c.*"}[5m])', ['a_total']],
  ['sum by (service, le) (rate(a_bucket[$__rate_interval]))', ['a_bucket']],
  ['histogram_quantile(0.95, sum by (le) (rate(a_bucket[5m] offset 30m))) > 1', ['a_bucket']],
  ['slo:bad:rate5m / on (slo) group_left (x) (1 - slo:objective)', ['slo:bad:rate5m', 'slo:objective']],
  ['count(ALERTS{alertstate="firing"}) or vector(0)', ['ALERTS']],
  ['(a unless b offset 15m) > 1e6 and c == 0', ['a', 'b', 'c']],
  ['max by (by) (limited_total) > 2', ['limited_total']],
  ['a{text="looks like b{c} and d(e)"}', ['a']],
  ['clamp(a, 0, 1) or 0 * sum(b)', ['a', 'b']],
  ['vector(0.999)', []],
])('%s asks for %j', (expression, expected) => {
  expect(names(expression)).toEqual(expected);
});

test('the labels by which it chooses are told', () => {
  expect(selectorsOf('a{x="1",y!~"2|3",z=~"b=c"} + a')).toEqual([
    { metric: 'a', labels: ['x', 'y', 'z'] },
    { metric: 'a', labels: [] },
  ]);
});
