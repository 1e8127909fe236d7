import type { Execution } from '../src/execution';
import { Executions } from './open-execution';
import { type TinyGraph, startTinyGraph } from './tiny-graph';

const viewer = { userId: 'u1', role: 'STUDENT', sessionId: 's1' } as const;
const QUERY = `query ($later: Boolean = true) {
  lamps { id ...Shaded @defer(label: "shades", if: $later) }
  whoAmI
}
fragment Shaded on Lamp { shade { colour ... @defer(label: "owner") { owner } } }`;
let graph: TinyGraph;
let executions: Executions;
let execution: Execution;

beforeAll(async () => {
  graph = await startTinyGraph();
  executions = new Executions(graph);
  execution = executions.open();
});
afterAll(async () => {
  await executions.close();
  await graph.close();
});

async function partsOf(query: string, variables = {}, { on = execution, acceptsParts = true } = {}) {
  const { operation } = await on.prepare({ query, variables, acceptsParts });
  const executed = await operation?.execute({ viewer });
  const parts = [];
  for await (const ready of executed?.deferred ?? []) parts.push(...ready);
  return {
    first: JSON.parse(executed?.data ?? 'null'),
    parts: parts.map((part) => ({ ...part, data: JSON.parse(part.data) })),
  };
}

test('gives the rest first, then each part with its place and label, outer ones before inner ones', async () => {
  const { first, parts } = await partsOf(QUERY);
  expect(first).toEqual({ lamps: ['a', 'b', 'c'].map((id) => ({ id })), whoAmI: 'u1' });
  const expected = (label: string, at: string[], data: (id: string) => object) =>
    ['a', 'b', 'c'].map((id, index) => ({ label, path: ['lamps', index, ...at], data: data(id), errors: [] }));
  expect(parts).toEqual([
    ...expected('shades', [], (id) => ({ shade: { colour: `colour of ${id}` } })),
    ...expected('owner', ['shade'], () => ({ owner: 'u1' })),
  ]);
});

test('gives everything at once to a client that takes no parts', async () => {
  const { first, parts } = await partsOf(QUERY, {}, { acceptsParts: false });
  const whole = ['a', 'b', 'c'].map((id) => ({ id, shade: { colour: `colour of ${id}`, owner: 'u1' } }));
  expect([first, parts]).toEqual([{ lamps: whole, whoAmI: 'u1' }, []]);
});

test('gives at once what a condition says is not to come later', async () => {
  const { first, parts } = await partsOf(QUERY, { later: false });
  expect(first.lamps[0]).toEqual({ id: 'a', shade: { colour: 'colour of a' } });
  expect(parts.map(({ label }) => label)).toEqual(['owner', 'owner', 'owner']);
});

test('tells an error in the part it belongs to', async () => {
  const on = executions.open({ shades: 'http://127.0.0.1:9/graphql' });
  const { first, parts } = await partsOf('{ lamp(id: "x") { id ... @defer { shade { colour } } } }', {}, { on });
  const errors = [expect.objectContaining({ path: ['lamp', 'shade'], extensions: { code: 'UNAVAILABLE' } })];
  expect(first).toEqual({ lamp: { id: 'x' } });
  expect(parts).toEqual([{ label: undefined, path: ['lamp'], data: { shade: null }, errors }]);
});
