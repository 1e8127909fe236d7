import { scaleDuration, scaleExpression } from './scale-durations';

test.each([
  ['5m', 1, '5m'],
  ['5m', 1 / 60, '5000ms'],
  ['1h30m', 1 / 60, '90000ms'],
  ['10s', 1 / 60, '1000ms'],
  ['0s', 1 / 60, '0s'],
])('%s at %f is %s', (duration, scale, expected) => {
  expect(scaleDuration(duration, scale)).toBe(expected);
});

test('what is no duration is refused', () => {
  expect(() => scaleDuration('5 minutes', 1)).toThrow(RangeError);
});

test('ranges, subqueries and offsets become shorter; thresholds, labels and names do not', () => {
  const expression = 'max_over_time(job:rate5m{le="5m"}[1h:5m]) > 300 and a[5m] - a offset 30m and b[1h:]';
  expect(scaleExpression(expression, 1 / 60)).toBe(
    'max_over_time(job:rate5m{le="5m"}[60000ms:5000ms]) > 300 and a[5000ms] - a offset 30000ms and b[60000ms:]',
  );
});
