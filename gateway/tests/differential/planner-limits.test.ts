/**
 * What the query planner (2.14.4) plans wrongly, small, with the right answer: the reasons for what planner-limits.ts
 * leaves out. Each is expected to fail. When one passes, because the planner or what we give it has become better, jest
 * says so: then make it a case of differential-cases.test.ts and lift the limit.
 */
import { expectData, keyed, runOn, typed } from './small-graph';

test.failing('what a subgraph requires may require something itself', () => {
  const one = {
    sdl: `
      type Lamp @key(fields: "id") { id: ID! watts: Int heat: Int @external advice: String @requires(fields: "heat") }
      type Holder { lamp: Lamp @shareable }`,
    resolvers: {
      Lamp: {
        __resolveReference: (told: object) => told,
        watts: () => 40,
        advice: ({ heat }: { heat: number }) => `heat ${heat}`,
      },
    },
  };
  const two = {
    sdl: `
      type Lamp @key(fields: "id") { id: ID! watts: Int @external heat: Int @requires(fields: "watts") }
      type Holder { lamp: Lamp @shareable }
      type Query { holder: Holder }`,
    resolvers: {
      Query: { holder: () => ({ lamp: { id: '1' } }) },
      Lamp: { __resolveReference: (told: object) => told, heat: ({ watts }: { watts: number }) => watts * 2 },
    },
  };
  return expectData({ one, two }, '{ holder { lamp { advice } } }', { holder: { lamp: { advice: 'heat 80' } } });
});

describe('an object of which a subgraph knows only the interface', () => {
  const entity = (type: string) => ({ __resolveReference: ({ id }: { id: string }) => ({ id, type }), size: () => 7 });
  const graph = {
    one: {
      sdl: `
        interface N @key(fields: "id") { id: ID! size: Int }
        interface Sized { size: Int }
        type E1 implements N & Sized @key(fields: "id") { id: ID! size: Int }
        type E2 implements N & Sized @key(fields: "id") { id: ID! size: Int }`,
      resolvers: {
        N: { __resolveReference: ({ id }: { id: string }) => ({ id, type: id.slice(0, 2) }), ...typed },
        E1: entity('E1'),
        E2: entity('E2'),
      },
    },
    two: {
      sdl: `
        type N @interfaceObject @key(fields: "id") { id: ID! size: Int @external label: String @requires(fields: "size") }
        type Query { all: [N] }`,
      resolvers: {
        Query: { all: () => [{ id: 'E1-1' }, { id: 'E2-1' }] },
        N: {
          __resolveReference: (told: object) => told,
          label: ({ id, size }: { id: string; size: number }) => `${id}: ${size}`,
        },
      },
    },
  };
  test.failing('may be looked at through another interface', () =>
    expectData(graph, '{ all { ... on Sized { size } } }', { all: [{ size: 7 }, { size: 7 }] }),
  );
  test.failing('is asked only for what is asked of its type', async () => {
    const two = {
      sdl: 'type N @interfaceObject @key(fields: "id") { id: ID! only1: Int! both: Int } type Query { all: [N] }',
      resolvers: {
        ...graph.two.resolvers,
        N: { ...keyed, both: () => 1, only1: ({ id }: { id: string }) => (id === 'E1-1' ? 7 : null) },
      },
    };
    const one = {
      sdl: `${graph.one.sdl} type Query { known: N }`,
      resolvers: { ...graph.one.resolvers, Query: { known: () => ({ id: 'E2-1', type: 'E2' }) } },
    };
    await expectData({ one, two }, '{ known { both ... on E1 { only1 } } }', { known: { both: 1 } });
  });
  test.failing('is sent with its key for what requires something, also within one of its types', async () => {
    const { requests, data, errors } = await runOn(graph, '{ all { ... on E1 { label } } }');
    expect([data, errors]).toEqual([{ all: [{ label: 'E1-1: 7' }, {}] }, []]);
    expect(requests.join()).not.toContain('{"__typename":"N","size":');
  });
});
