import { canDraw, wrongPoints } from './stroke.policy';

test.each([true, false])('who may write (%s) may draw', (mayChat) => {
  expect(canDraw({ mayChat })).toBe(mayChat);
});

test.each([
  [[0, 1], null],
  [[0, 1, 0.5], 'must be pairs of x and y'],
])('points %j: %s', (points, rule) => {
  expect(wrongPoints(points)).toBe(rule);
});
