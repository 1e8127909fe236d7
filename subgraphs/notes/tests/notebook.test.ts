import { v7 as uuid } from 'uuid';

import { IDENTITY_HEADER, type Identity, createIdentityHeaders } from '@terakoya/common/auth';
import { Secret } from '@terakoya/common/config';
import { type NodeName, decodeId, encodeId } from '@terakoya/common/global-ids';
import { asViewer, eventually, statementsOf, testIdentity } from '@terakoya/common/testkit';

import { IMPORT, PAGES, openNotes, pagesOf } from './open-notes';

let notes: Awaited<ReturnType<typeof openNotes>>;
const viewer = asViewer('TEACHER');

beforeAll(async () => {
  notes = await openNotes();
});
afterAll(() => notes.close());

const ask = (query: string, variables: Record<string, unknown> = {}, who = viewer) =>
  who.ask(notes.base, query, variables);
const rename = (id: string, title: string) =>
  ask('mutation ($id: ID!, $t: String!) { renameNotebook(input: { notebookId: $id, title: $t }) { id title } }', {
    id,
    t: title,
  });

test('makes, renames and lists notebooks, newest first', async () => {
  const titles = ['one', 'two', 'three'];
  const ids: string[] = [];
  for (const title of titles) ids.push(await notes.createNotebook(viewer, ` ${title} `));
  expect((await rename(ids[0] ?? '', ' 一 ')).data.renameNotebook.title).toBe('一');
  await eventually(async () =>
    expect((await notes.eventsOf(ids[0] ?? '')).map(({ what }) => what)).toEqual(['NOTEBOOK_RENAMED']),
  );
  const list =
    'query ($a: String) { myNotebooks(first: 2, after: $a) { edges { node { title owner { id } } } pageInfo { hasNextPage endCursor } } }';
  const first = (await ask(list)).data.myNotebooks;
  expect(first.edges.map(({ node }: { node: object }) => node)).toEqual([
    { title: 'three', owner: { id: encodeId('User', viewer.userId) } },
    { title: 'two', owner: { id: encodeId('User', viewer.userId) } },
  ]);
  expect(first.pageInfo.hasNextPage).toBe(true);
  const second = (await ask(list, { a: first.pageInfo.endCursor })).data.myNotebooks;
  expect(second).toMatchObject({ edges: [{ node: { title: '一' } }], pageInfo: { hasNextPage: false } });
});

test('tells the realtime server, and nobody else, who may hear of a notebook', async () => {
  const id = decodeId('Notebook', await notes.createNotebook(viewer, 'mine'), 'id');
  const others = [uuid(), uuid()];
  const query = 'query ($id: String!, $users: [String!]!) { notebookAudience(notebookId: $id, userIds: $users) }';
  const headers = createIdentityHeaders(new Secret(testIdentity.secret));
  const audience = async (identity: Identity, notebookId: string) => {
    const response = await fetch(`${notes.base}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [IDENTITY_HEADER]: headers.sign(identity) },
      body: JSON.stringify({ query, variables: { id: notebookId, users: [...others, viewer.userId] } }),
    });
    return JSON.parse(await response.text());
  };
  const realtime = { caller: 'realtime', viewer: null };
  expect(await audience(realtime, id)).toEqual({ data: { notebookAudience: [viewer.userId] } });
  for (const none of [uuid(), 'no id']) expect((await audience(realtime, none)).data.notebookAudience).toEqual([]);
  for (const identity of [
    { caller: 'gateway', viewer: null },
    { caller: 'realtime', viewer: viewer.viewer },
  ]) {
    expect((await audience(identity, id)).errors[0].extensions.code).toBe('FORBIDDEN');
  }
});

test.each([
  ['title', 'mutation { createNotebook(input: { title: "  " }) { id } }'],
  ['title', `mutation { createNotebook(input: { title: "${'x'.repeat(201)}" }) { id } }`],
  ['notebookId', 'mutation { renameNotebook(input: { notebookId: "1", title: "t" }) { id } }'],
  ['fileId', `mutation { importFile(input: { notebookId: "${encodeId('Notebook', uuid())}", fileId: "f" }) { id } }`],
  ['first', '{ myNotebooks(first: 0) { pageInfo { endCursor } } }'],
  ['after', '{ myNotebooks(after: "bm90aGluZw") { pageInfo { endCursor } } }'],
  ['after', `{ myNotebooks(after: "${Buffer.from('[1]').toString('base64url')}") { pageInfo { endCursor } } }`],
  [
    'after',
    `{ searchPages(query: "a", after: "${Buffer.from('["x",1]').toString('base64url')}") { pageInfo { endCursor } } }`,
  ],
  ['query', '{ searchPages(query: " \u3000 ") { pageInfo { endCursor } } }'],
  ['query', `{ searchPages(query: "${'字'.repeat(101)}") { pageInfo { endCursor } } }`],
  ['notebookId', '{ searchPages(query: "a", notebookId: "n") { pageInfo { endCursor } } }'],
])('names the field that is wrong: %s in %s', async (field, query) => {
  const { code, errors } = await ask(query);
  expect([code, errors[0].extensions.field]).toEqual(['BAD_USER_INPUT', field]);
});

test('words and pages are read in parts, each once', async () => {
  const notebookId = await notes.createNotebook(viewer);
  const text = Array.from({ length: 25 }, (_word, index) => `w${index}`).join(' ');
  await notes.importPages(viewer, notebookId, [{ embedded: text }, { embedded: '' }, { embedded: 'c' }]);
  const query = `query ($id: ID!, $p: String, $w: String) { notebook(id: $id) {
    pages(first: 2, after: $p) { edges { node { number words(first: 10, after: $w) { edges { node { text } } pageInfo { hasNextPage endCursor } } } }
    pageInfo { hasNextPage endCursor } } } }`;
  const words: string[] = [];
  let after: string | null = null;
  do {
    const { data }: Awaited<ReturnType<typeof ask>> = await ask(query, { id: notebookId, w: after });
    const [{ node: page }, { node: blank }] = data.notebook.pages.edges;
    words.push(...page.words.edges.map(({ node }: { node: { text: string } }) => node.text));
    after = page.words.pageInfo.hasNextPage ? page.words.pageInfo.endCursor : null;
    expect(blank.words).toEqual({ edges: [], pageInfo: { hasNextPage: false, endCursor: null } });
  } while (after !== null);
  expect(words.join(' ')).toBe(text);
  const first = (await ask(query, { id: notebookId, p: null })).data.notebook.pages;
  expect(first.pageInfo.hasNextPage).toBe(true);
  const rest = (await ask(query, { id: notebookId, p: first.pageInfo.endCursor })).data.notebook.pages;
  expect(rest.edges.map(({ node }: { node: { number: number } }) => node.number)).toEqual([3]);
});

test('a second import is appended, and a notebook has at most 5000 pages', async () => {
  const notebookId = await notes.createNotebook(viewer);
  await notes.importPages(viewer, notebookId, [{ embedded: 'a' }, { embedded: 'b' }]);
  await notes.importPages(viewer, notebookId, [{ embedded: 'c' }]);
  const pages = await pagesOf(notes.base, viewer, notebookId);
  expect(pages.map(({ number, text }: { number: number; text: string }) => `${number} ${text}`)).toEqual([
    '1 a',
    '2 b',
    '3 c',
  ]);
  const fileId = notes.makeFile(Array.from({ length: 4_998 }, () => ({ embedded: 'x' })));
  await notes.tellCompleted(fileId, viewer.userId);
  const { data } = await notes.startImport(viewer, notebookId, fileId);
  const failed = await notes.untilState(viewer, data.importFile.id, 'FAILED');
  expect([failed.error.code, failed.notebook.pageCount]).toEqual(['LIMIT_EXCEEDED', 3]);
});

test('the number of SQL statements does not grow with the number of pages and notebooks', async () => {
  const own = asViewer('STUDENT');
  const measure = async (query: string, variables = {}) => {
    const tables = /(FROM|from) "?(notes"?\."?)?(notebook|page|page_text|import_job)\b|unnest/;
    let answer: Awaited<ReturnType<typeof ask>> = { data: null, errors: [], code: undefined };
    const statements = await statementsOf(tables, async () => {
      answer = await own.ask(notes.base, query, variables);
    });
    expect(answer.errors).toEqual([]);
    return {
      count: statements.filter((statement) => !/cleanup|outbox|uploaded_file/.test(statement)).length,
      data: answer.data,
    };
  };
  const query = `query ($id: ID!) { notebook(id: $id) { imports { edges { node { ${IMPORT} } } } ${PAGES}
    again: pages(first: 100) { edges { node { notebook { title } } } } } }`;
  const small = await notes.createNotebook(own);
  await notes.importPages(own, small, [{ embedded: 'hello' }]);
  const large = await notes.createNotebook(own);
  await notes.importPages(
    own,
    large,
    Array.from({ length: 30 }, () => ({ embedded: 'hello there' })),
  );
  const one = await measure(query, { id: small });
  const many = await measure(query, { id: large });
  expect(many.data.notebook.pages.edges).toHaveLength(30);
  expect([one.count, many.count]).toEqual([5, 5]);

  const all = `{ myNotebooks { edges { node { imports { edges { node { id } } } ${PAGES} } } } }`;
  const two = await measure(all);
  for (let index = 0; index < 4; index += 1) await notes.createNotebook(own);
  const six = await measure(all);
  expect(six.data.myNotebooks.edges).toHaveLength(6);
  expect([two.count, six.count]).toEqual([5, 5]);

  const references = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Page { text notebook { title } } } }`;
  const ids = many.data.notebook.pages.edges.map(({ node }: { node: { id: string } }) => node.id);
  const entities = await measure(references, { r: ids.map((id: string) => ({ __typename: 'Page', id })) });
  expect([entities.data._entities.length, entities.count]).toEqual([30, 3]);
});

describe('nothing is for others', () => {
  let ids: Record<string, string> = {};

  beforeAll(async () => {
    const notebookId = await notes.createNotebook(viewer, 'Private');
    const fileId = notes.makeFile([{ embedded: 'private words' }]);
    await notes.tellCompleted(fileId, viewer.userId);
    const { data } = await notes.startImport(viewer, notebookId, fileId);
    await notes.untilState(viewer, data.importFile.id, 'COMPLETED');
    const [page] = await pagesOf(notes.base, viewer, notebookId);
    ids = { notebookId, fileId, importId: data.importFile.id, pageId: page.id, imageId: page.image.id };
  });

  const TYPES: Readonly<Record<string, NodeName>> = {
    notebookId: 'Notebook',
    fileId: 'File',
    importId: 'ImportJob',
    pageId: 'Page',
  };
  const FIELDS: readonly (readonly [what: string, query: string])[] = [
    ['notebook', 'query ($notebookId: ID!) { notebook(id: $notebookId) { title } }'],
    ['page', 'query ($pageId: ID!) { page(id: $pageId) { text } }'],
    ['importJob', 'query ($importId: ID!) { importJob(id: $importId) { state } }'],
    [
      'searchPages',
      'query ($notebookId: ID!) { searchPages(query: "private", notebookId: $notebookId) { edges { cursor } } }',
    ],
    [
      'renameNotebook',
      'mutation ($notebookId: ID!) { renameNotebook(input: { notebookId: $notebookId, title: "x" }) { id } }',
    ],
    ['deleteNotebook', 'mutation ($notebookId: ID!) { deleteNotebook(notebookId: $notebookId) }'],
    [
      'importFile',
      'mutation ($notebookId: ID!, $fileId: ID!) { importFile(input: { notebookId: $notebookId, fileId: $fileId }) { id } }',
    ],
    ['cancelImport', 'mutation ($importId: ID!) { cancelImport(importId: $importId) { id } }'],
    ['retryImport', 'mutation ($importId: ID!) { retryImport(importId: $importId) { id } }'],
  ];
  const NOBODY: typeof FIELDS = [
    ...FIELDS,
    ['myNotebooks', '{ myNotebooks { edges { cursor } } }'],
    ['createNotebook', 'mutation { createNotebook(input: { title: "x" }) { id } }'],
    ['searchPages everywhere', '{ searchPages(query: "private") { edges { cursor } } }'],
  ];
  const REFERENCES: readonly (readonly [type: string, id: string, fields: string])[] = [
    ['Notebook', 'notebookId', 'title pages { edges { node { text } } }'],
    ['Page', 'pageId', 'text words { edges { node { text } } } image { id }'],
    ['ImportJob', 'importId', 'state file { id }'],
    ['Image', 'imageId', 'width'],
  ];
  const refer = (type: string, id: string, fields: string, who: typeof viewer) =>
    ask(
      `query ($r: [_Any!]!) { _entities(representations: $r) { ... on ${type} { ${fields} } } }`,
      { r: [{ __typename: type, id }] },
      who,
    );
  const OTHERS = ['STUDENT', 'TEACHER', 'SUPPORTER', 'ADMIN'] as const;

  test.each(FIELDS.flatMap(([what, query]) => OTHERS.map((role) => [what, role, query] as const)))(
    '%s as another %s is NOT_FOUND, as if it did not exist',
    async (_what, role, query) => {
      const { code, data } = await ask(query, ids, asViewer(role));
      expect(code).toBe('NOT_FOUND');
      expect(Object.values(data ?? {}).filter((value) => value !== null)).toEqual([]);
      const unknown = Object.fromEntries(Object.entries(TYPES).map(([name, type]) => [name, encodeId(type, uuid())]));
      expect((await ask(query, unknown)).code).toBe('NOT_FOUND');
    },
  );

  test.each(NOBODY)('%s signed out is UNAUTHENTICATED', async (_what, query) => {
    expect((await ask(query, ids, asViewer(null))).code).toBe('UNAUTHENTICATED');
  });

  test.each(REFERENCES)('a reference to a %s is for its owner', async (type, id, fields) => {
    const own = await refer(type, ids[id] ?? '', fields, viewer);
    expect([own.errors, own.data._entities[0] === null]).toEqual([[], false]);
    for (const role of OTHERS) {
      const { data } = await refer(type, ids[id] ?? '', fields, asViewer(role));
      expect(data._entities).toEqual([null]);
    }
    const nobody = await refer(type, ids[id] ?? '', fields, asViewer(null));
    expect([nobody.code, nobody.data?._entities?.[0] ?? null]).toEqual(['UNAUTHENTICATED', null]);
    expect((await refer(type, 'no id at all', fields, viewer)).data._entities).toEqual([null]);
  });

  test('a search finds nothing of others, and the notebook is still whole', async () => {
    const { data } = await ask('{ searchPages(query: "private") { edges { cursor } } }', {}, asViewer('ADMIN'));
    expect(data.searchPages.edges).toEqual([]);
    expect(
      (await ask('query ($id: ID!) { notebook(id: $id) { title } }', { id: ids.notebookId })).data.notebook,
    ).toEqual({
      title: 'Private',
    });
  });
});
