/** Small graphs on which an execution is easily wrong: each was met by differential.test.ts and made small. */
import { errorAt, fail, keyed, runOn, typed } from './small-graph';

describe('the response', () => {
  const graph = {
    one: {
      sdl: `
        union Thing = Lamp | Chair
        type Lamp @key(fields: "id") { id: ID! name: String! }
        type Chair @key(fields: "id") { id: ID! }
        type Query { lamp: Lamp thing: Thing }`,
      resolvers: {
        Query: { lamp: () => ({ id: '1' }), thing: () => ({ id: '1', type: 'Lamp' }) },
        Thing: typed,
        Lamp: { ...keyed, name: () => 'a lamp' },
        Chair: keyed,
      },
    },
    two: {
      sdl: 'type Lamp @key(fields: "id") { id: ID! watts: Int }',
      resolvers: { Lamp: { ...keyed, watts: () => 40 } },
    },
  };

  test('has its keys in the order of the operation, whatever fragments they stand in', async () => {
    const query = '{ thing { ... on Lamp { watts } ... on Thing { type: __typename } ... on Lamp { name } } }';
    const { data } = await runOn(graph, query);
    expect(JSON.stringify(data)).toBe('{"thing":{"watts":40,"type":"Lamp","name":"a lamp"}}');
  });
  test('has what an abstract type leads back to, within an object type', async () => {
    const { data } = await runOn(graph, '{ lamp { id ... on Thing { ... on Lamp { name } } } }');
    expect(data).toEqual({ lamp: { id: '1', name: 'a lamp' } });
  });
});

describe('lists in lists', () => {
  const graph = {
    one: {
      sdl: `
        type Query { rows: [[Cell]] @shareable board: Board }
        type Cell { left: String }
        type Board @key(fields: "id") { id: ID! squares: [[Square]] }
        type Square { colour: String @shareable }`,
      resolvers: {
        Query: { rows: () => [[{}, {}], [{}]], board: () => ({ id: '1' }) },
        Cell: { left: () => 'l' },
        Board: { ...keyed, squares: () => [[{ colour: 'white' }, null], []] },
      },
    },
    two: {
      sdl: `
        type Query { rows: [[Cell]] @shareable }
        type Cell { right: String }
        type Board @key(fields: "id") { id: ID! squares: [[Square]] @external told: String @requires(fields: "squares { colour }") }
        type Square { colour: String @shareable }`,
      resolvers: {
        Query: { rows: () => [[{}, {}], [{}]] },
        Cell: { right: () => 'r' },
        Board: {
          __resolveReference: (told: object) => told,
          told: ({ squares }: { squares: unknown }) => JSON.stringify(squares),
        },
      },
    },
  };

  test('are merged item by item when two subgraphs have parts of the items', async () => {
    const both = { left: 'l', right: 'r' };
    expect((await runOn(graph, '{ rows { left right } }')).data).toEqual({ rows: [[both, both], [both]] });
  });
  test('are told as they are to a subgraph that requires them', async () => {
    const { data } = await runOn(graph, '{ board { told } }');
    expect(data).toEqual({ board: { told: '[[{"colour":"white"},null],[]]' } });
  });
  test('keep the places of errors, also behind nulls, other types and the same entity twice', async () => {
    const things = [
      [{ type: 'Note' }, { id: 'a', type: 'Lamp' }],
      [null, { id: 'b', type: 'Lamp' }, { id: 'b', type: 'Lamp' }],
    ];
    const places = {
      one: {
        sdl: `
          union Thing = Lamp | Note
          type Lamp @key(fields: "id") { id: ID! }
          type Note { text: String }
          type Query { things: [[Thing]] }`,
        resolvers: { Query: { things: () => things }, Thing: typed },
      },
      two: {
        sdl: 'type Lamp @key(fields: "id") { id: ID! watts: Int }',
        resolvers: { Lamp: { ...keyed, watts: ({ id }: { id: string }) => (id === 'b' ? fail() : 40) } },
      },
    };
    const { data, errors } = await runOn(places, '{ things { ... on Lamp { id watts } } }');
    const broken = { id: 'b', watts: null };
    expect(data).toEqual({
      things: [
        [{}, { id: 'a', watts: 40 }],
        [null, broken, broken],
      ],
    });
    expect(new Set(errors)).toEqual(new Set([1, 2].map((index) => errorAt(['things', 1, index, 'watts'], 'CONFLICT'))));
    expect(errors).toHaveLength(2);
  });
});

describe('errors', () => {
  const shared = {
    sdl: 'type Query { pair: Pair @shareable } type Pair { left: String }',
    resolvers: { Query: { pair: () => fail() } },
  };
  test('are told once, also when two subgraphs tell the same', async () => {
    const other = { ...shared, sdl: shared.sdl.replace('left', 'right') };
    const { data, errors } = await runOn({ shared, other }, '{ pair { left right } }');
    expect([data, errors]).toEqual([{ pair: null }, [errorAt(['pair'], 'CONFLICT')]]);
  });

  const hidden = {
    one: {
      sdl: `
        enum Colour { RED INFRARED @inaccessible }
        interface Thing { colour: Colour broken: Int }
        type Lamp implements Thing { colour: Colour! broken: Int }
        type Secret implements Thing @inaccessible { colour: Colour broken: Int }
        type Query { lamp: Lamp thing: Thing secret: Thing }`,
      resolvers: {
        Query: { lamp: () => ({}), thing: () => ({ type: 'Lamp' }), secret: () => ({ type: 'Secret' }) },
        Thing: typed,
        Lamp: { colour: () => 'INFRARED', broken: () => fail() },
        Secret: { broken: () => fail() },
      },
    },
  };
  test('stand where a value is none that clients know, besides other errors', async () => {
    const { data, errors } = await runOn(hidden, '{ lamp { broken colour } secret { broken } }');
    expect(data).toEqual({ lamp: null, secret: null });
    expect(errors).toEqual(expect.arrayContaining([errorAt(['lamp', 'colour']), errorAt(['secret'])]));
  });
  test('make null of what the type of the object says, not of what its interface says', async () => {
    const { data, errors } = await runOn(hidden, '{ thing { colour } }');
    expect([data, errors]).toEqual([{ thing: null }, [errorAt(['thing', 'colour'])]]);
  });

  const entities = {
    one: {
      sdl: 'type Lamp @key(fields: "id") { id: ID! broken: Int } type Query { lamps: [Lamp] }',
      resolvers: {
        Query: { lamps: () => [{ id: 'known' }, { id: 'unknown' }] },
        Lamp: { ...keyed, broken: ({ id }: { id: string }) => (id === 'known' ? fail() : 1) },
      },
    },
    two: {
      sdl: 'type Lamp @key(fields: "id") { id: ID! cover: String! }',
      resolvers: {
        Lamp: { __resolveReference: ({ id }: { id: string }) => (id === 'known' ? { id } : null), cover: () => 'c' },
      },
    },
  };
  test('explain an entity that is missing where it may not be, besides other errors', async () => {
    const { data, errors } = await runOn(entities, '{ lamps { broken cover } }');
    expect(data).toEqual({ lamps: [{ broken: null, cover: 'c' }, null] });
    expect(errors).toHaveLength(2);
    expect(errors).toEqual(
      expect.arrayContaining([errorAt(['lamps', 0, 'broken'], 'CONFLICT'), errorAt(['lamps', 1, 'cover'])]),
    );
  });

  test('have the name of the operation in their path, not one the planner gave', async () => {
    const renamed = {
      one: {
        sdl: `
          interface Thing { kind: String }
          type Lamp implements Thing { kind: String size: Int! }
          type Chair implements Thing { kind: String size: Int @shareable }
          type Query { things: [Thing] }`,
        resolvers: {
          Query: { things: () => [{ type: 'Lamp', size: 1 }, { type: 'Chair' }] },
          Thing: typed,
          Chair: { size: () => fail() },
        },
      },
      two: { sdl: 'interface Thing { size: Int } type Chair implements Thing { size: Int @shareable }', resolvers: {} },
    };
    const { data, errors, requests } = await runOn(renamed, '{ things { size } }');
    expect(requests.join()).toContain('__alias_');
    expect(data).toEqual({ things: [{ size: 1 }, { size: null }] });
    expect(errors).toEqual([errorAt(['things', 1, 'size'], 'CONFLICT')]);
  });
});

test('parts of an object under one name are put together, also when the planner renamed one of them', async () => {
  const graph = {
    one: {
      sdl: `
        interface Thing { owner: Owner }
        type Owner { name: String age: Int }
        type Lamp implements Thing { owner: Owner! }
        type Query { thing: Thing }`,
      resolvers: { Query: { thing: () => ({ type: 'Lamp', owner: { name: 'Ada', age: 36 } }) }, Thing: typed },
    },
  };
  const { data, errors, requests } = await runOn(
    graph,
    '{ thing { owner { name } ... on Lamp { ... on Thing { owner { age } } } } }',
  );
  expect(requests.join()).toContain('__alias_');
  expect([data, errors]).toEqual([{ thing: { owner: { name: 'Ada', age: 36 } } }, []]);
});
