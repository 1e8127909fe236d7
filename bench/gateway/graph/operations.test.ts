import { Supergraph, operationFromDocument } from '@apollo/federation-internals';
import { type PlanNode, QueryPlanner, type SubscriptionNode } from '@apollo/query-planner';
import { parse } from 'graphql';

import { composeSupergraph } from '../../../scripts/schema/compose';
import { OPERATIONS, bodyOf } from './operations';
import { RememberingServer } from './remembering-server';
import { SUBGRAPHS } from './subgraphs';

const supergraph = Supergraph.build(composeSupergraph(SUBGRAPHS.map((each) => ({ ...each, url: 'http://127.0.0.1' }))));
const planner = new QueryPlanner(supergraph);

/** How many fetches a plan makes, and how many of them follow one another. */
function shapeOf(node: PlanNode | SubscriptionNode | undefined): { fetches: number; steps: number } {
  if (node?.kind === 'Fetch') return { fetches: 1, steps: 1 };
  if (node?.kind === 'Flatten') return shapeOf(node.node);
  if (node?.kind !== 'Sequence' && node?.kind !== 'Parallel') throw new Error(`${node?.kind} is not expected`);
  const inner = node.nodes.map(shapeOf);
  const sum = (of: 'fetches' | 'steps') => inner.reduce((total, each) => total + each[of], 0);
  const steps = node.kind === 'Sequence' ? sum('steps') : Math.max(...inner.map((each) => each.steps));
  return { fetches: sum('fetches'), steps };
}

test.each([
  ['light', { fetches: 1, steps: 1 }],
  ['list', { fetches: 2, steps: 2 }],
  ['heavy', { fetches: 6, steps: 3 }],
])('%s is as much work for a planner as it says', (name, shape) => {
  const { query = '' } = OPERATIONS.find((each) => each.name === name) ?? {};
  const operation = operationFromDocument(supergraph.apiSchema(), parse(query));
  expect(shapeOf(planner.buildQueryPlan(operation).node)).toEqual(shape);
});

test('clients ask for things of their own', () => {
  for (const operation of OPERATIONS) expect(bodyOf(operation, 1)).not.toEqual(bodyOf(operation, 2));
});

test('a subgraph computes each response once, counts what it is asked, and tells errors from answers', async () => {
  const users = SUBGRAPHS.find(({ name }) => name === 'users');
  if (!users) throw new Error('there is no subgraph users');
  const server = new RememberingServer(users.schema);
  const { url } = await server.start();
  const ask = async (query: string, variables: object) =>
    (await fetch(url, { method: 'POST', body: JSON.stringify({ query, variables }) })).json();
  const query =
    'query ($representations: [_Any!]!) { _entities(representations: $representations) { ...on User { name } } }';
  const representations = ['1-2-3', '4-5-6'].map((id) => ({ __typename: 'User', id }));
  for (let time = 0; time < 3; time += 1) {
    expect(await ask(query, { representations })).toEqual({
      data: { _entities: [{ name: 'Pupil 1-2-3 Yamada' }, { name: 'Pupil 4-5-6 Yamada' }] },
    });
  }
  expect(server.counts).toEqual({ fetches: 3, entities: 6, computed: 1, failed: 0 });
  await ask('{ nothing }', {});
  await ask('{', {});
  expect(server.counts).toMatchObject({ computed: 3, failed: 2 });
  await server.close();
});
