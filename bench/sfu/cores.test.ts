import { spreadOver } from './cores';

test.each([
  [2, 1, ['1'], '0'],
  [2, 3, ['1', '1', '1'], '0'],
  [8, 1, ['7'], '0-6'],
  [8, 3, ['7', '6', '5'], '0-4'],
  [3, 4, ['2', '1', '2', '1'], '0'],
])('of %i cores, %i nodes get %j and the others %s', (cores, count, nodes, others) => {
  expect(spreadOver(cores, count)).toEqual({ nodes, others });
});
