import { join } from 'node:path';

import {
  createNotebook,
  loadNotebook,
  type SchoolClient,
  searchNotebook,
  startImport,
  uploadFile,
  watchImport,
} from '@terakoya/common/school-client';

import { NODE_TYPES, parseId } from '../../common/global-ids';
import { demonstrateMeeting } from './demonstrate-meeting';
import { SchoolUnderTest } from './school-under-test';

jest.setTimeout(120_000);

const under = new SchoolUnderTest();
let owner: SchoolClient;
/** What there is only when media are sent, which nobody does here. */
const OF_MEDIA: ReadonlySet<string> = new Set(['MediaTrack', 'Recording']);
/** Every id that a frontend has met, with its type as the id tells it. */
const seen = new Map<string, string>();

beforeAll(async () => {
  await under.start();
  owner = await under.nobody();
  const post = owner.post.bind(owner);
  jest.spyOn(owner, 'post').mockImplementation(async (query, variables) => {
    const answer = await post(query, variables);
    collectIds(answer.body.data);
    return answer;
  });
  await owner.signIn('teacher@demo.terakoya.school', 'terakoya-demo');
  await demonstrate();
});
afterAll(() => under.close());

/** What `npm run demo` does, and the fields with ids that it does not ask for. */
async function demonstrate(): Promise<void> {
  await owner.ask(
    'mutation { createClass(input: { name: "Demo class" }) { id members { edges { node { user { id } } } } } }',
  );
  const notebookId = await createNotebook(owner, 'photo-en.jpg');
  const fileId = await uploadFile(owner, join(__dirname, '..', 'fixtures', 'photo-en.jpg'));
  await watchImport(
    owner,
    notebookId,
    () => startImport(owner, notebookId, fileId),
    () => undefined,
  );
  await loadNotebook(owner, notebookId);
  await searchNotebook(owner, notebookId, 'leaf');
  await owner.ask(
    `query All($id: ID!) { notebook(id: $id) { owner { id } imports { edges { node { id file { id } } } }
      pages { edges { node { id image { id } thumbnail { id } } } } } }`,
    { id: notebookId },
  );
  await demonstrateMeeting(owner);
}

function collectIds(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    if (name === 'id' && typeof inner === 'string') seen.set(inner, parseId(inner)?.type ?? 'unknown');
    else collectIds(inner);
  }
}

const NODE = `query Node($id: ID!) { node(id: $id) { __typename id
  ... on Class { name myRole } ... on File { name download: url } ... on Image { width url } ... on ImportJob { state }
  ... on Meeting { title } ... on MeetingCaption { said: text } ... on MeetingMessage { text } ... on MeetingParticipant { role }
  ... on MeetingPoll { question } ... on WhiteboardStroke { color }
  ... on Notebook { title summary { state } } ... on Page { text } ... on User { displayName } } }`;

test('every id that the demo meets leads to its object, alone and together', async () => {
  const demonstrated = Object.keys(NODE_TYPES).filter((type) => !OF_MEDIA.has(type));
  expect(new Set(seen.values())).toEqual(new Set(demonstrated));
  for (const [id, type] of seen) {
    const { data } = await owner.ask<{ node: Record<string, unknown> | null }>(NODE, { id });
    expect(data.node).toMatchObject({ __typename: type, id });
    const { __typename, id: _same, ...facts } = data.node ?? {};
    expect(Object.values(facts).every((fact) => fact !== null && fact !== '')).toBe(true);
  }
  const ids = [...seen.keys()];
  const { data } = await owner.ask<{ nodes: unknown[] }>('query Nodes($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
    ids,
  });
  expect(data.nodes).toEqual(ids.map((id) => ({ id })));
});

test('to another user none of them leads to anything but names, to nobody none at all', async () => {
  const stranger = await under.newPupil();
  const nobody = await under.nobody();
  for (const [id, type] of seen) {
    const { body } = await stranger.post(NODE, { id });
    const expected = type === 'User' ? { __typename: 'User', id, displayName: 'Demo Teacher' } : null;
    expect(body).toEqual({ data: { node: expected } });
    for (const selection of ['id', '__typename']) {
      const query = `query Node($id: ID!) { node(id: $id) { ${selection} } }`;
      expect((await nobody.post(query, { id })).body).toEqual({ data: { node: null } });
    }
  }
});

test('what was deleted leads to nothing', async () => {
  const id = await createNotebook(owner, 'short-lived');
  await owner.ask('mutation Delete($id: ID!) { deleteNotebook(notebookId: $id) }', { id });
  expect((await owner.post(NODE, { id })).body).toEqual({ data: { node: null } });
});

test('an id of one type is refused where another is meant', async () => {
  const [file] = [...seen].find(([, type]) => type === 'File') ?? [];
  const { body } = await owner.post('query Q($id: ID!) { notebook(id: $id) { title } }', { id: file });
  expect(body.errors?.[0]).toMatchObject({
    message: 'id: is not an id of a Notebook',
    path: ['notebook'],
    extensions: { code: 'BAD_USER_INPUT', field: 'id' },
  });
});
