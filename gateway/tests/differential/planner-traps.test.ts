/** What the query planner alone plans wrongly, and the execution gives it in a form that it plans rightly. */
import { expectData, keyed, typed } from './small-graph';

describe('a field that another subgraph requires', () => {
  const graph = {
    one: {
      sdl: 'type Lamp @key(fields: "id") { id: ID! sku: String watts(per: Int): Int } type Query { lamp: Lamp }',
      resolvers: {
        Query: { lamp: () => ({ id: '1', sku: 's' }) },
        Lamp: { ...keyed, watts: (_lamp: never, { per = 1 }: { per?: number }) => 40 / per },
      },
    },
    two: {
      sdl: `type Lamp @key(fields: "id") { id: ID! watts(per: Int): Int @external cost: Int @requires(fields: "watts") }`,
      resolvers: {
        Lamp: { __resolveReference: (told: object) => told, cost: ({ watts }: { watts: number }) => watts * 10 },
      },
    },
  };
  test('may have another field under its name', () =>
    expectData(graph, '{ lamp { watts: sku cost } }', { lamp: { watts: 's', cost: 400 } }));
  test('may be asked for with other arguments', () =>
    expectData(graph, '{ lamp { watts(per: 4) cost } }', { lamp: { watts: 10, cost: 400 } }));
});

test('a condition on what requires something leaves alone what stands beside it', () => {
  const one = {
    sdl: 'type Lamp @key(fields: "id") { id: ID! watts: Int } type Query { lamp: Lamp }',
    resolvers: { Query: { lamp: () => ({ id: '1', watts: 40 }) }, Lamp: keyed },
  };
  const two = {
    sdl: `type Lamp @key(fields: "id") {
      id: ID! watts: Int @external cost: Int @requires(fields: "watts") name: String
    }`,
    resolvers: { Lamp: { __resolveReference: (told: object) => told, name: () => 'a lamp' } },
  };
  return expectData({ one, two }, '{ lamp { cost @include(if: false) name } }', { lamp: { name: 'a lamp' } });
});

test('a literal condition counts within a condition on a variable', () => {
  const one = {
    sdl: 'type Lamp { broken: Int name: String } type Query { lamp: Lamp }',
    resolvers: {
      Query: { lamp: () => ({}) },
      Lamp: {
        name: () => 'a lamp',
        broken: () => {
          throw new Error('broken');
        },
      },
    },
  };
  const query = 'query ($yes: Boolean!) { ... on Query @include(if: $yes) { lamp { broken @skip(if: true) name } } }';
  return expectData({ one }, query, { lamp: { name: 'a lamp' } }, { yes: true });
});

test('mutations run in the order in which they are written, whatever fragments they stand in', () => {
  let count = 0;
  const one = {
    sdl: 'type Mutation { next: Int } type Query { none: Int }',
    resolvers: { Mutation: { next: () => (count += 1) } },
  };
  const query = 'mutation { ... on Mutation { a: next } b: next ... on Mutation { c: next } }';
  return expectData({ one }, query, { a: 1, b: 2, c: 3 });
});

test('introspection may stand in a fragment with a condition', () => {
  const one = { sdl: 'type Query { none: Int }', resolvers: {} };
  const two = { sdl: 'type Query { some: Int }', resolvers: {} };
  const query = 'query ($yes: Boolean!) { ... on Query @include(if: $yes) { __type(name: "Query") { name } } }';
  return expectData({ one, two }, query, { __type: { name: 'Query' } }, { yes: true });
});

test('a field of which nothing is asked in the end is an empty object', () => {
  const one = {
    sdl: 'type Lamp @key(fields: "id") { id: ID! name: String } type Query { lamp: Lamp }',
    resolvers: { Query: { lamp: () => ({}) }, Lamp: keyed },
  };
  const query = 'query ($yes: Boolean!) { lamp @include(if: $yes) { ... @skip(if: true) { name } } }';
  return expectData({ one }, query, { lamp: {} }, { yes: true });
});

describe('a field of which nothing is asked in the end', () => {
  const one = {
    sdl: 'union Thing = Lamp type Lamp @key(fields: "id") { id: ID! name: String } type Query { thing: Thing lamp: Lamp }',
    resolvers: { Query: { thing: () => ({ type: 'Lamp' }), lamp: () => ({}) }, Thing: typed, Lamp: keyed },
  };
  const two = {
    sdl: `
      union Thing = Chair
      type Chair @key(fields: "id") { id: ID! legs: Int }
      type Lamp @key(fields: "id") { id: ID! watts: Int }`,
    resolvers: { Thing: typed, Chair: keyed, Lamp: keyed },
  };
  test('is an empty object when its types contradict each other', () => {
    const query =
      'query ($yes: Boolean!) { thing @include(if: $yes) { ... on Chair { ... on Thing { ... on Lamp { watts } } } } }';
    return expectData({ one, two }, query, { thing: {} }, { yes: true });
  });
});
