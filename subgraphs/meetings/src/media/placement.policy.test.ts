import { chooseNode } from './placement.policy';

const node = (id: string, load = 0, more: { region?: string; isDraining?: boolean } = {}) => ({
  id,
  load,
  region: 'here',
  isDraining: false,
  ...more,
});
const choose = (nodes: ReturnType<typeof node>[], ...present: string[]) =>
  chooseNode(nodes, { region: 'here', present: new Set(present) })?.id ?? null;

test.each([
  ['the one with the least load', [node('a', 0.5), node('b', 0.1)], [], 'b'],
  ['the one that has the meeting', [node('a', 0.5), node('b', 0.1)], ['a'], 'a'],
  ['another when that is full', [node('a', 0.95), node('b', 0.1)], ['a'], 'b'],
  ['the region before the load', [node('a', 0.5), node('b', 0, { region: 'there' })], [], 'a'],
  ['another region when this one is full', [node('a', 0.99), node('b', 0, { region: 'there' })], [], 'b'],
  ['nobody who drains', [node('a', 0, { isDraining: true }), node('b', 0.8)], ['a'], 'b'],
  ['the least full when all are full', [node('a', 1.5), node('b', 1.2)], [], 'b'],
  ['none when there is none', [node('a', 0, { isDraining: true })], [], null],
])('takes %s', (_name, nodes, present, expected) => {
  expect(choose(nodes, ...present)).toBe(expected);
});
