/** Small graphs with an interface that some subgraphs know as an object: each was met by differential.test.ts. */
import { type SmallSubgraph, errorAt, fail, keyed, runOn, typed } from './small-graph';

/** `E1` and `E2` of one subgraph, which another one knows as one type `N` with a field `extra`. */
function interfaceObject(extra: SmallSubgraph['resolvers'][string] = { extra: () => 'more' }) {
  const typeOf = ({ id }: { id: string }) => ({ id, type: id.slice(0, 2), __typename: id.slice(0, 2) });
  const entity = (type: string) => ({
    __resolveReference: ({ id }: { id: string }) => ({ id, type }),
    own: () => `own of ${type}`,
  });
  const implementations = {
    sdl: `
      interface N @key(fields: "id") { id: ID! own: String }
      type E1 implements N @key(fields: "id") { id: ID! own: String must: Int! }
      type E2 implements N @key(fields: "id") { id: ID! own: String }
      type Query { known: N }`,
    resolvers: {
      Query: { known: () => ({ id: 'E1-1', type: 'E1' }) },
      N: { __resolveReference: typeOf, ...typed },
      E1: { ...entity('E1'), must: () => fail() },
      E2: entity('E2'),
    },
  };
  const objects = {
    sdl: 'type N @interfaceObject @key(fields: "id") { id: ID! extra: String } type Query { all: [N] }',
    resolvers: {
      Query: { all: () => [{ id: 'E1-1' }, { id: 'E2-1' }] },
      N: { __resolveReference: ({ id }: { id: string }) => ({ id }), ...extra },
    },
  };
  return { implementations, objects };
}

describe('an object of which a subgraph knows only the interface', () => {
  test('keeps its type when that subgraph tells more of it', async () => {
    const { data } = await runOn(interfaceObject(), '{ all { extra __typename } known { __typename extra } }');
    expect(data).toEqual({
      all: ['E1', 'E2'].map((type) => ({ extra: 'more', __typename: type })),
      known: { __typename: 'E1', extra: 'more' },
    });
  });
  test('keeps its type when that subgraph tells of it too, at the same time', async () => {
    const it = { Query: { it: () => ({ id: 'E1-1', type: 'E1' }) } };
    const one = {
      sdl: `
        interface N @key(fields: "id") { id: ID! next: E1 }
        type E1 implements N @key(fields: "id") { id: ID! next: E1 part: Sized }
        type E2 implements N & Sized @key(fields: "id") { id: ID! next: E1 size: Int }
        interface Sized { size: Int }
        type Query { it: N @shareable }`,
      resolvers: {
        ...it,
        N: { ...typed, __resolveReference: ({ id }: { id: string }) => ({ id, type: id.slice(0, 2) }) },
        Sized: typed,
        E1: { ...keyed, next: () => ({ id: 'E1-2' }), part: () => ({ id: 'E2-1', type: 'E2', size: 7 }) },
        E2: keyed,
      },
    };
    const two = {
      sdl: 'type N @interfaceObject @key(fields: "id") { id: ID! other: N } type Query { it: N @shareable }',
      resolvers: { ...it, N: { ...keyed, other: () => ({ id: 'E1-3' }) } },
    };
    const three = {
      sdl: `
        type N @interfaceObject @key(fields: "id") { id: ID! label: String others: [N!]! }
        type Query { it: N @shareable }`,
      resolvers: { ...it, N: { ...keyed, label: ({ id }: { id: string }) => `label of ${id}`, others: () => [] } },
    };
    const query = '{ it { ... on E1 { label other { next { part { size } others { label __typename } } } } } }';
    const { data, errors } = await runOn({ one, two, three }, query);
    expect([data, errors]).toEqual([
      { it: { label: 'label of E1-1', other: { next: { part: { size: 7 }, others: [] } } } },
      [],
    ]);
  });
  test('is null when its type cannot be told, because a field of it made it null', async () => {
    const { data, errors } = await runOn(interfaceObject(), '{ all { ... on E1 { must } ... on E2 { own } } }');
    expect(data).toEqual({ all: [null, { own: 'own of E2' }] });
    expect(errors).toEqual([errorAt(['all', 0, 'must'], 'CONFLICT')]);
  });
  test('has no errors of fields that were not asked of its type', async () => {
    const graph = interfaceObject({ extra: ({ id }: { id: string }) => (id.startsWith('E2') ? fail() : 'more') });
    const { data, errors } = await runOn(graph, '{ all { ... on E1 { extra } } }');
    expect([data, errors]).toEqual([{ all: [{ extra: 'more' }, {}] }, []]);
  });
});

test('a subgraph is not asked for an entity of which no key is known', async () => {
  const { implementations, objects } = interfaceObject();
  const graph = {
    one: {
      sdl: implementations.sdl.replace('known: N', 'thing: Thing').concat(' union Thing = E1 | E2'),
      resolvers: {
        ...implementations.resolvers,
        Query: { thing: () => ({ id: 'E1-1', type: 'E1' }) },
        Thing: typed,
      },
    },
    two: {
      sdl: objects.sdl.replace(
        'extra: String',
        'own: String @external extra: String label: String @requires(fields: "own")',
      ),
      resolvers: objects.resolvers,
    },
  };
  const query = `query ($yes: Boolean!) {
    thing { ... on E1 { own ... on E1 @skip(if: $yes) { label } } ... on E2 { extra } }
  }`;
  const { data, errors, requests } = await runOn(graph, query, { yes: true });
  expect([data, errors]).toEqual([{ thing: { own: 'own of E1' } }, []]);
  expect(requests.filter((request) => request.startsWith('two:'))).toEqual([]);
});
