import { buildSchema, parse, validate } from 'graphql';

import { limitsRule } from './limits.rule';

const schema = buildSchema('type Query { a: Node } type Node { a: Node b: Int }');
const check = (query: string) =>
  validate(schema, parse(query), [limitsRule({ depth: 3, aliases: 2, rootFields: 2 })]).map(
    (error) => error.extensions.limit,
  );

test.each([
  ['{ a { a { b } } }', []],
  ['{ a { a { a { b } } } }', ['nesting levels']],
  ['{ a { a { ...F } } } fragment F on Node { a { b } }', ['nesting levels']],
  ['{ x: a { b } y: a { b } }', []],
  ['{ a { x: b y: b z: b } }', ['aliases']],
  ['{ x: a { b } y: a { b } z: a { b } }', ['aliases', 'root fields']],
  ['{ __schema { types { fields { type { ofType { ofType { name } } } } } } }', []],
  ['{ a { ...F } } fragment F on Node { ...F b }', []],
])('%s', (query, limits) => {
  expect(check(query)).toEqual(limits);
});
