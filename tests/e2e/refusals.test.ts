import { join } from 'node:path';

import {
  createNotebook,
  loadNotebook,
  type SchoolClient,
  startImport,
  uploadFile,
  watchImport,
} from '@terakoya/common/school-client';

import { SchoolUnderTest } from './school-under-test';

jest.setTimeout(120_000);

const under = new SchoolUnderTest();
let owner: SchoolClient;
const ids: Record<string, string> = {};

beforeAll(async () => {
  await under.start();
  owner = await under.newPupil();
  ids['notebook'] = await createNotebook(owner, 'Secret notebook');
  ids['file'] = await uploadFile(owner, join(__dirname, '..', 'fixtures', 'photo-en.jpg'));
  await watchImport(
    owner,
    ids['notebook'],
    async () => (ids['import'] = (await startImport(owner, ids['notebook'] ?? '', ids['file'] ?? '')).id),
    () => undefined,
  );
  const { data } = await owner.ask<{ notebook: { pages: { edges: { node: { id: string } }[] } } }>(
    'query Page($id: ID!) { notebook(id: $id) { pages { edges { node { id } } } } }',
    { id: ids['notebook'] },
  );
  ids['page'] = data.notebook.pages.edges[0]?.node.id ?? '';
});
afterAll(() => under.close());

const NOTEBOOK =
  'id title createdAt updatedAt pageCount owner { id displayName } summary { short medium long keywords { term } }';
const PAGE =
  'id number state width height text textSource textEngine image { id url } thumbnail { url } words { edges { node { text } } }';
const IMPORT = 'id state createdAt progress { fraction } error { code } file { id name url }';

type GraphqlErrors = { readonly extensions: { readonly code: string } }[];

/** The close code of a connection whose token is not valid. */
const WITHOUT_VALID_TOKEN = 4403;

/** Every way to what belongs to somebody, with all its fields. */
const WAYS: readonly (readonly [what: string, operation: string, id: string])[] = [
  [
    'notebook',
    `query Q($id: ID!) { notebook(id: $id) { ${NOTEBOOK} pages { edges { node { ${PAGE} } } } imports { edges { node { ${IMPORT} } } } } }`,
    'notebook',
  ],
  ...['id', 'title', 'createdAt', 'updatedAt', 'pageCount', 'owner { displayName }', 'summary { medium }'].map(
    (field) => [`notebook.${field}`, `query Q($id: ID!) { notebook(id: $id) { ${field} } }`, 'notebook'] as const,
  ),
  ['page', `query Q($id: ID!) { page(id: $id) { ${PAGE} notebook { ${NOTEBOOK} } } }`, 'page'],
  ...[
    'id',
    'number',
    'state',
    'text',
    'textSource',
    'image { url }',
    'thumbnail { url }',
    'words { edges { node { text } } }',
    'notebook { title }',
  ].map((field) => [`page.${field}`, `query Q($id: ID!) { page(id: $id) { ${field} } }`, 'page'] as const),
  ['importJob', `query Q($id: ID!) { importJob(id: $id) { ${IMPORT} notebook { id title } } }`, 'import'],
  ...['state', 'progress { fraction }', 'file { name }', 'notebook { title }'].map(
    (field) => [`importJob.${field}`, `query Q($id: ID!) { importJob(id: $id) { ${field} } }`, 'import'] as const,
  ),
  [
    'search in it',
    'query Q($id: ID!) { searchPages(query: "leaf", notebookId: $id) { edges { node { snippet } } } }',
    'notebook',
  ],
  ['rename', 'mutation M($id: ID!) { renameNotebook(input: { notebookId: $id, title: "mine" }) { id } }', 'notebook'],
  ['delete notebook', 'mutation M($id: ID!) { deleteNotebook(notebookId: $id) }', 'notebook'],
  ['summarise', 'mutation M($id: ID!) { summariseNotebook(notebookId: $id) { short } }', 'notebook'],
  ['cancel', 'mutation M($id: ID!) { cancelImport(importId: $id) { id } }', 'import'],
  ['retry', 'mutation M($id: ID!) { retryImport(importId: $id) { id } }', 'import'],
  ['complete upload', 'mutation M($id: ID!) { completeUpload(fileId: $id) { url } }', 'file'],
  ['delete file', 'mutation M($id: ID!) { deleteFile(fileId: $id) }', 'file'],
];

test.each(WAYS)('%s: refused to another user and to nobody', async (_what, operation, id) => {
  const stranger = await under.newPupil();
  const nobody = await under.nobody();
  for (const [client, codes] of [
    [stranger, ['NOT_FOUND']],
    [nobody, ['UNAUTHENTICATED', 'NOT_FOUND']],
  ] as const) {
    const { body } = await client.post(operation, { id: ids[id] });
    expect(Object.values((body.data ?? {}) as Record<string, unknown>).every((value) => value === null)).toBe(true);
    expect(codes).toContain(body.errors?.[0]?.extensions?.code);
    expect(JSON.stringify(body)).not.toMatch(/Secret notebook|Plants|photo-en/);
  }
});

test('a file by id is null to others, and a foreign file cannot be imported', async () => {
  const stranger = await under.newPupil();
  const { body } = await stranger.post('query Q($id: ID!) { file(id: $id) { name url sha256 } }', { id: ids['file'] });
  expect(body.data).toEqual({ file: null });
  const own = await createNotebook(stranger, 'own');
  await expect(startImport(stranger, own, ids['file'] ?? '')).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
  await expect(startImport(stranger, ids['notebook'] ?? '', ids['file'] ?? '')).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  const { data } = await stranger.ask<{ searchPages: { edges: unknown[] } }>(
    '{ searchPages(query: "leaf") { edges { node { snippet } } } }',
  );
  expect(data.searchPages.edges).toEqual([]);
});

test('a subscription to a foreign notebook is refused, signed in or not', async () => {
  for (const client of [await under.newPupil(), await under.nobody()]) {
    const changes = client.subscribe('subscription S($id: ID!) { notebookChanged(id: $id) { kind } }', {
      id: ids['notebook'],
    });
    const refusal = await changes.next().then(
      ({ value }) => value?.errors?.[0]?.extensions?.['code'] ?? value,
      (refused: { code?: number } | GraphqlErrors) =>
        Array.isArray(refused) ? refused[0]?.extensions.code : refused.code,
    );
    expect(['NOT_FOUND', WITHOUT_VALID_TOKEN]).toContain(refusal);
  }
});

test('the port of a subgraph alone opens nothing', async () => {
  for (const service of ['accounts', 'classes', 'files', 'notes', 'assistant', 'meetings'] as const) {
    const response = await fetch(`${await under.school.urlOf(service)}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ __typename }' }),
    });
    expect(response.status).toBe(401);
  }
});

test('the owner still has all of it', async () => {
  const notebook = await loadNotebook(owner, ids['notebook'] ?? '');
  expect(notebook.title).toBe('Secret notebook');
  expect(notebook.pages[0]?.text).toContain('Plants');
});
