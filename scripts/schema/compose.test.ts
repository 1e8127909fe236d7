import { CompositionError, composeSupergraph } from './compose';

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';
const lamps = {
  name: 'lamps',
  url: 'http://lamps/graphql',
  sdl: `${LINK} type Query { lamp: Lamp } type Lamp @key(fields: "id") { id: ID! name: String! }`,
};

test('composes subgraphs in one order, whatever order they come in', () => {
  const shades = {
    name: 'shades',
    url: 'http://shades/graphql',
    sdl: `${LINK} type Lamp @key(fields: "id") { id: ID! shade: String }`,
  };
  const sdl = composeSupergraph([shades, lamps]);
  expect(sdl).toContain('LAMPS @join__graph(name: "lamps", url: "http://lamps/graphql")');
  expect(sdl).toContain('shade: String');
  expect(composeSupergraph([lamps, shades])).toBe(sdl);
});

test('says which subgraphs contradict each other, and where', () => {
  const contradicting = { name: 'dark', url: 'http://dark', sdl: `${LINK}\ntype Query { lamp: String }` };
  const compose = () => composeSupergraph([lamps, contradicting]);
  expect(compose).toThrow(CompositionError);
  expect(compose).toThrow(/FIELD_TYPE_MISMATCH: .*Query\.lamp.*\(dark 2:14, lamps 1:\d+\)/);
});

test('says which subgraph is no GraphQL', () => {
  expect(() => composeSupergraph([{ ...lamps, sdl: 'type {' }])).toThrow(/^lamps: Syntax Error/);
});
