import { GraphQLError, type OperationDefinitionNode, buildSchema, parse } from 'graphql';

import { appliedDirectives } from '../applied-directives';
import { costIn } from './cost-of';
import { CostWeights } from './cost-weights';
import { operationCost } from './operation-cost';

const SDL = `
  schema @link(url: "https://specs.apollo.dev/cost/v0.1", import: ["@cost", { name: "@listSize", as: "@sized" }]) { query: Query mutation: Mutation }
  directive @link(url: String, import: [Import]) repeatable on SCHEMA
  scalar Import
  directive @cost(weight: Int!) on ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT | SCALAR
  directive @sized(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION
  type Query {
    book: Book
    books: [Book!]!
    shelf: [Book!]! @sized(assumedSize: 7)
    newest(first: Int, last: Int): [Book!]! @sized(assumedSize: 4, slicingArguments: ["first", "last"], requireOneSlicingArgument: false)
    page(first: Int = 20, after: String): BookPage! @sized(slicingArguments: ["first"], sizedFields: ["edges"])
    exactly(first: Int, last: Int): [Book!]! @sized(slicingArguments: ["first", "last"])
    search(text: String @cost(weight: 3), filter: Filter): [Found!]! @sized(assumedSize: 2) @cost(weight: 5)
    mood: Mood
    price: Money
  }
  type Mutation { buy(book: ID!): Book }
  type Book { id: ID! title: String! pages: Int! @cost(weight: 2) author: Author! sequels: [Book!]! @sized(assumedSize: 3) }
  type Author @cost(weight: 4) { name: String! books: [Book!]! @sized(assumedSize: 5) }
  type BookPage { edges: [BookEdge!]! total: Int! }
  type BookEdge { node: Book! }
  union Found = Book | Author
  input Filter { text: String tags: [String!] @cost(weight: 1) deep: [Filter!] }
  enum Mood @cost(weight: 6) { GOOD }
  scalar Money @cost(weight: 9)
`;
const document = parse(SDL);
const model = {
  schema: buildSchema(SDL),
  weights: new CostWeights(appliedDirectives(document)),
  assumedListSize: 10,
};
const costOf = (source: string, variables: Record<string, unknown> = {}): number => {
  const parsed = parse(source);
  return costIn(operationCost(model, parsed, parsed.definitions[0] as OperationDefinitionNode), variables);
};

/** Computed by hand: the sum beside each says how. */
test.each([
  ['an object is 1, its scalars are free', '{ book { id title } }', 1],
  ['a scalar with a weight of its own', '{ book { pages } }', 1 + 2],
  ['the weight of a type', '{ book { author { name } } }', 1 + 4],
  ['the weights of an enum and a scalar', '{ mood price }', 6 + 9],
  ['a list of which nothing is said', '{ books { id } }', 10 * 1],
  ['an assumed size', '{ shelf { id } }', 7 * 1],
  ['lists in lists', '{ shelf { sequels { author { books { pages } } } } }', 7 * (1 + 3 * (1 + (4 + 5 * (1 + 2))))],
  ['a slicing argument', '{ newest(first: 3) { id } }', 3],
  ['the larger of two slicing arguments', '{ newest(first: 3, last: 6) { id } }', 6],
  ['no slicing argument', '{ newest { id } }', 4],
  ['a null slicing argument', '{ newest(first: null) { id } }', 4],
  ['a negative one gives nothing', '{ newest(first: -5) { id } }', 0],
  ['sized fields below', '{ page(first: 8) { total edges { node { id } } } }', 1 + 8 * (1 + 1)],
  ['the default of a slicing argument', '{ page { edges { node { id } } } }', 1 + 20 * (1 + 1)],
  [
    'sized fields in a fragment',
    '{ page(first: 8) { ...P } } fragment P on BookPage { edges { node { id } } }',
    1 + 8 * 2,
  ],
  ['an alias counts apart', '{ a: book { id } b: book { id } }', 1 + 1],
  ['a mutation is 10', 'mutation { buy(book: "1") { id } }', 10 + 1],
  ['the dearest of the types', '{ search { ... on Book { pages } ... on Author { books { id } } } }', 2 * (5 + 5)],
  ['arguments with weights', '{ search(text: "x") { __typename } }', 2 * 5 + 3],
  [
    'input objects',
    '{ search(filter: { text: "x", tags: ["a"], deep: [{}, { deep: [{}] }] }) { __typename } }',
    2 * 5 + (1 + 1 + (1 + (1 + 1))),
  ],
  ['what is skipped is free', '{ book { author @skip(if: true) { name } pages @include(if: false) } }', 1],
  ['introspection is free', '{ __typename __schema { types { name } } }', 0],
])('%s', (_what, source, expected) => {
  expect(costOf(source)).toBe(expected);
});

test.each([
  ['a slicing argument', 'query ($n: Int) { newest(first: $n) { id pages } }', { n: 5 }, 5 * (1 + 2)],
  ['one that is left out', 'query ($n: Int) { newest(first: $n) { id } }', {}, 4],
  ['one with a default', 'query ($n: Int = 6) { newest(first: $n) { id } }', {}, 6],
  ['one with a default that is overridden', 'query ($n: Int = 6) { newest(first: $n) { id } }', { n: 2 }, 2],
  [
    'two levels',
    'query ($n: Int!) { page(first: $n) { edges { node { sequels { id } } } } }',
    { n: 9 },
    1 + 9 * (2 + 3),
  ],
  ['an input object', 'query ($f: Filter) { search(filter: $f) { __typename } }', { f: { deep: [{}] } }, 10 + 2],
  ['an argument with a weight', 'query ($t: String) { search(text: $t) { __typename } }', { t: 'x' }, 10 + 3],
  ['the same, not given', 'query ($t: String) { search(text: $t) { __typename } }', {}, 10],
  ['a condition that holds', 'query ($c: Boolean!) { book { pages @include(if: $c) } }', { c: true }, 1 + 2],
  ['a condition that does not', 'query ($c: Boolean!) { book { pages @include(if: $c) } }', { c: false }, 1],
  ['a condition by default', 'query ($c: Boolean = true) { book @skip(if: $c) { pages } }', {}, 0],
])('variables: %s', (_what, source, variables, expected) => {
  expect(costOf(source, variables)).toBe(expected);
});

test.each(['{ exactly { id } }', '{ exactly(first: 1, last: 1) { id } }'])(
  'refuses %s, where exactly one slicing argument is asked for',
  (source) => {
    expect(() => costOf(source)).toThrow(GraphQLError);
    expect(() => costOf(source)).toThrow('exactly one of `first`, `last`');
  },
);

test('fragments that double each other are measured once each', () => {
  const fragments = Array.from({ length: 40 }, (_, i) => `fragment F${i} on Book { ...F${i + 1} ...F${i + 1} }`);
  expect(costOf(`{ book { ...F0 } } ${fragments.join(' ')} fragment F40 on Book { pages }`)).toBe(1 + 2 * 2 ** 40);
});
