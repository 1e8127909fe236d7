import { delaysOf } from './delays';

test('the percentiles are of what came; what was sent is told beside', () => {
  const measured = Array.from({ length: 200 }, (_none, index) => 200 - index);
  expect(delaysOf(measured, 201)).toEqual({ p50: 101, p99: 199, max: 200, sent: 201, received: 200 });
});

test('nothing that came has no delay to tell', () => {
  expect(delaysOf([], 5)).toEqual({ p50: Infinity, p99: Infinity, max: Infinity, sent: 5, received: 0 });
});
