import { createIdentityHeaders } from '@terakoya/common/auth';
import { Secret } from '@terakoya/common/config';
import { SchoolError, UnauthenticatedError } from '@terakoya/common/errors';
import { encodeId } from '@terakoya/common/global-ids';
import { createLogger } from '@terakoya/common/logging';
import { type TestSubgraph, startSubgraph, testIdentity } from '@terakoya/common/testkit';

import { composeSupergraph } from '../../scripts/schema/compose';
import {
  type Execution,
  NODES,
  NODES_SDL,
  type SubgraphClient,
  createExecution,
  createSubgraphClient,
  toResult,
  withNodes,
} from '../src/execution';

const OWNER = { userId: 'owner', role: 'STUDENT', sessionId: 's' } as const;
const STRANGER = { userId: 'stranger', role: 'STUDENT', sessionId: 's' } as const;
const uuid = (number: number) => `0198c0de-0000-7000-8000-${String(number).padStart(12, '0')}`;
const notebook = encodeId('Notebook', uuid(1));
const page = encodeId('Page', uuid(2));
const user = encodeId('User', uuid(3));
const image = encodeId('Image', 'pages/owner/n/p/preview.webp');
/** Nothing is known of these when they are asked for. */
const broken = encodeId('Page', uuid(13));

const NODE = 'interface Node { id: ID! }';
const NOTES = `${NODE}
  type Query { nothing: String }
  type Notebook implements Node @key(fields: "id") { id: ID! @sameForAll title: String! pages: [Page!]! }
  type Page implements Node @key(fields: "id") { id: ID! @sameForAll text: String }
  type Image implements Node @key(fields: "id") { id: ID! @sameForAll width: Int! }
`;
const ACCOUNTS = `${NODE} type User implements Node @key(fields: "id") { id: ID! @sameForAll name: String! } type Query { me: User }`;

let subgraphs: TestSubgraph[] = [];
let client: SubgraphClient;
let execution: Execution;
/** Requests to subgraphs. */
let sent: string[] = [];

beforeAll(async () => {
  const mine = (facts: object) => ({
    __resolveReference: async ({ id }: { id: string }, { viewer }: { viewer: { userId: string } | null }) => {
      if (!viewer) throw new UnauthenticatedError();
      if (id === broken) throw new SchoolError('TIMED_OUT', 'It took too long.');
      return viewer.userId === OWNER.userId && !id.includes('99') ? { id, ...facts } : null;
    },
  });
  const notes = await startSubgraph('notes', NOTES, {
    Notebook: mine({ title: 'Science', pages: [{ id: page, text: 'Light' }] }),
    Page: mine({ text: 'Light' }),
    Image: mine({ width: 10 }),
  });
  const accounts = await startSubgraph('accounts', ACCOUNTS, {
    User: { __resolveReference: ({ id }: { id: string }) => ({ id, name: 'Aoi' }) },
  });
  subgraphs = [notes, accounts];
  client = createSubgraphClient({
    urls: new Map(subgraphs.map(({ name, url }) => [name, url])),
    identityHeaders: createIdentityHeaders(new Secret(testIdentity.secret)),
    caller: 'gateway',
    timeoutMs: 5_000,
    maxResponseBytes: 1_000_000,
    connections: 4,
    maxPending: 100,
  });
  const watched: SubgraphClient = {
    ...client,
    fetch: (request) => {
      sent.push(request.subgraph);
      return client.fetch(request);
    },
  };
  execution = createExecution({
    supergraphSdl: composeSupergraph([...subgraphs, { name: NODES, url: 'http://nodes.invalid', sdl: NODES_SDL }]),
    client: withNodes(watched, { showsUnknown: false, onUnexpected: (error) => expect(error).toBeUndefined() }),
    limits: { tokens: 2000, depth: 10, aliases: 20, rootFields: 20, fields: 500 },
    introspection: true,
    logger: createLogger('gateway', 'silent'),
  });
});
afterAll(async () => {
  await client.close();
  await Promise.all(subgraphs.map((subgraph) => subgraph.close()));
});
beforeEach(() => void (sent = []));

async function ask(
  query: string,
  variables: Record<string, unknown> = {},
  viewer: typeof OWNER | typeof STRANGER | null = OWNER,
) {
  const { operation, errors } = await execution.prepare({ query, variables });
  if (!operation) throw errors[0] ?? new Error('not prepared');
  const { data, errors: told = [] } = toResult(await operation.execute({ viewer }));
  return { data, errors: told.map(({ path, extensions }) => [path?.join('.'), extensions.code]) };
}

const NODES_OF = `query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id
  ... on Notebook { title pages { id text } } ... on Page { text } ... on User { name } ... on Image { width } } }`;

test('finds objects of every subgraph by their ids alone, in the order of the ids', async () => {
  expect(await ask(NODES_OF, { ids: [user, page, notebook, image, page] })).toEqual({
    data: {
      nodes: [
        { __typename: 'User', id: user, name: 'Aoi' },
        { __typename: 'Page', id: page, text: 'Light' },
        { __typename: 'Notebook', id: notebook, title: 'Science', pages: [{ id: page, text: 'Light' }] },
        { __typename: 'Image', id: image, width: 10 },
        { __typename: 'Page', id: page, text: 'Light' },
      ],
    },
    errors: [],
  });
  expect(sent.toSorted()).toEqual(['accounts', 'accounts', 'notes', 'notes']);
});

test('asks once for what several fields of one operation name', async () => {
  const query =
    'query ($a: ID!, $b: ID!) { a: node(id: $a) { id } b: node(id: $b) { __typename } again: node(id: $a) { id } }';
  const { data } = await ask(query, { a: notebook, b: page });
  expect(data).toEqual({ a: { id: notebook }, b: { __typename: 'Page' }, again: { id: notebook } });
  expect(sent).toEqual(['notes']);
});

test.each([
  ['no id at all', 'x'],
  ['a key without a type', uuid(1)],
  ['an id of a type that has none', `Word_${uuid(1)}`],
  ['an id in another spelling', notebook.toUpperCase()],
])('%s is nothing, and no subgraph is asked', async (_what, id) => {
  expect(await ask('query ($id: ID!) { node(id: $id) { id } }', { id })).toEqual({ data: { node: null }, errors: [] });
  expect(sent).toEqual([]);
});

test.each([
  ['does not exist', encodeId('Notebook', uuid(99)), OWNER],
  ["is another user's", notebook, STRANGER],
  ['is for nobody', page, null],
])('what %s is null, whatever is asked of it, with no word of why', async (_what, id, viewer) => {
  for (const selection of ['id', '__typename', '... on Page { text }', '... on Notebook { title }']) {
    const query = `query ($id: ID!) { node(id: $id) { ${selection} } nodes(ids: [$id]) { ${selection} } }`;
    expect(await ask(query, { id }, viewer)).toEqual({ data: { node: null, nodes: [null] }, errors: [] });
  }
});

test('what cannot be told just now is null with the reason, and the rest is there', async () => {
  const { data, errors } = await ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: [page, broken, user] });
  expect([data?.nodes, errors]).toEqual([[{ id: page }, null, { id: user }], [['nodes.1', 'TIMED_OUT']]]);
});

test('only so many at once', async () => {
  const ids = Array.from({ length: 51 }, () => notebook);
  const { data, errors } = await ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
  expect([data, errors]).toEqual([null, [['nodes', 'BAD_USER_INPUT']]]);
  expect(sent).toEqual([]);
});

test('while a subgraph is away its nodes are UNAVAILABLE, others are found', async () => {
  await subgraphs[0]?.close();
  const { data, errors } = await ask('query ($n: ID!, $u: ID!) { n: node(id: $n) { id } u: node(id: $u) { id } }', {
    n: page,
    u: user,
  });
  expect([data, errors]).toEqual([{ n: null, u: { id: user } }, [['n', 'UNAVAILABLE']]]);
});
