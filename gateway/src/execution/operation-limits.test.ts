import { type OperationDefinitionNode, getIntrospectionQuery, parse } from 'graphql';

import { findPassedLimits } from './operation-limits';

const LIMITS = { tokens: 1000, depth: 3, aliases: 2, rootFields: 2, fields: 6, directives: 3 };
const passed = (source: string, limits = LIMITS) => {
  const document = parse(source);
  return findPassedLimits(document, document.definitions[0] as OperationDefinitionNode, limits).map(
    ({ extensions: { limit, maximum, actual } }) => ({ limit, maximum, actual }),
  );
};

test.each([
  ['nothing', '{ a { b { c } } }', []],
  ['depth', '{ a { b { c { d } } } }', [{ limit: 'depth', maximum: 3, actual: 4 }]],
  [
    'depth through fragments',
    '{ a { ...F } } fragment F on A { b { ... { c { d } } } }',
    [{ limit: 'depth', maximum: 3, actual: 4 }],
  ],
  ['aliases', '{ x: a { y: b z: c } }', [{ limit: 'aliases', maximum: 2, actual: 3 }]],
  [
    'aliases of a fragment each time it is spread',
    '{ a { ...F ...F ...F } } fragment F on A { x: b }',
    [{ limit: 'aliases', maximum: 2, actual: 3 }],
  ],
  ['root fields', '{ a b ... { c } }', [{ limit: 'rootFields', maximum: 2, actual: 3 }]],
  [
    'directives wherever they stand',
    'query ($v: Int @x) @x { a @x { ...F @x } } fragment F on A @x { b @x @x ... @x { c } }',
    [{ limit: 'directives', maximum: 3, actual: 8 }],
  ],
  ['fields', '{ a { b c d e f g } }', [{ limit: 'fields', maximum: 6, actual: 7 }]],
])('finds %s', (_what, source, expected) => {
  expect(passed(source)).toEqual(expected);
});

test('introspection counts one level, whatever its own depth', () => {
  expect(
    passed(getIntrospectionQuery(), { ...LIMITS, fields: 1000, aliases: 0, rootFields: 1, directives: 0 }),
  ).toEqual([]);
});

test('fragments that double each other are counted without being expanded', () => {
  const levels = 60;
  const fragments = Array.from({ length: levels }, (_, i) => `fragment F${i} on A { ...F${i + 1} ...F${i + 1} }`);
  const [first] = passed(`{ ...F0 } ${fragments.join(' ')} fragment F${levels} on A { a }`, LIMITS);
  expect(first?.actual).toBe(2 ** levels);
});

test('a fragment that spreads itself ends', () => {
  expect(passed('{ ...F } fragment F on A { a ...F }')).toEqual([]);
});
