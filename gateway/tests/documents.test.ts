import { createHash } from 'node:crypto';
import { join } from 'node:path';

import type { Service } from '@terakoya/common/lifecycle';
import { createTestRedis, eventually } from '@terakoya/common/testkit';

import { createLocalDocuments, createSharedDocuments } from '../src/guards/documents/document-store';
import { readDocumentManifest } from '../src/guards/documents/document-manifest';
import { get, post } from './ask';
import { type GuardedGraph, startGuardedGraph } from './guarded-graph';
import { openGateway } from './open-gateway';

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const LISTED = '{ open }';
const OTHER = 'query Other { items { id } }';
const manifest = new Map([[hashOf(LISTED), LISTED]]);
const apollo = (sha256Hash: unknown) => ({ persistedQuery: { version: 1, sha256Hash } });

let graph: GuardedGraph;
const services: Service[] = [];
async function open(mode: 'off' | 'automatic' | 'only') {
  const { base, service } = await openGateway(graph, {}, { documents: { mode, manifest } });
  services.push(service);
  return base;
}
const codeOf = ({ body }: { body: { errors?: { extensions: { code: string } }[] } }) =>
  body.errors?.[0]?.extensions.code;

beforeAll(async () => {
  graph = await startGuardedGraph();
});
afterAll(async () => {
  await Promise.all(services.map((service) => service.close()));
  await graph.close();
});

describe('automatic', () => {
  let base = '';
  beforeAll(async () => (base = await open('automatic')));

  test("speaks the protocol of Apollo's clients: unknown hash, then text and hash, then the hash alone", async () => {
    const hash = hashOf(OTHER);
    const unknown = await post(base, { extensions: apollo(hash) });
    expect([unknown.status, codeOf(unknown), unknown.body.errors[0].message]).toEqual([
      200,
      'PERSISTED_QUERY_NOT_FOUND',
      'PersistedQueryNotFound',
    ]);
    const registered = await post(base, { query: OTHER, extensions: apollo(hash) });
    expect(registered.body.data.items).toHaveLength(2);
    expect((await post(base, { extensions: apollo(hash) })).body).toEqual(registered.body);
    expect((await get(base, { extensions: apollo(hash) })).body).toEqual(registered.body);
    expect((await post(base, { documentId: `sha256:${hash}` })).body).toEqual(registered.body);
  });

  test('refuses a hash that is not of the text, and one that is none', async () => {
    expect(codeOf(await post(base, { query: '{ open }', extensions: apollo(hashOf('{ closed }')) }))).toBe(
      'BAD_USER_INPUT',
    );
    for (const wrong of ['abc', 7, null, 'A'.repeat(64), `md5:${'a'.repeat(64)}`]) {
      expect(codeOf(await post(base, { documentId: 'x', extensions: apollo(wrong) }))).toBe('BAD_USER_INPUT');
    }
    expect((await post(base, { operationName: null })).status).toBe(400);
  });

  test('keeps no document that does not pass the checks', async () => {
    const invalid = '{ missing }';
    expect(codeOf(await post(base, { query: invalid, extensions: apollo(hashOf(invalid)) }))).toBe('BAD_USER_INPUT');
    expect(codeOf(await post(base, { extensions: apollo(hashOf(invalid)) }))).toBe('PERSISTED_QUERY_NOT_FOUND');
  });

  test('knows the documents of the manifest without their text', async () => {
    expect((await post(base, { documentId: hashOf(LISTED) })).body).toEqual({ data: { open: 'open to all' } });
  });

  test('gives a GET an ETag and how long it may be kept, and 304 to who has it', async () => {
    const first = await get(base, { documentId: hashOf(LISTED) });
    expect([first.headers.get('cache-control'), first.headers.get('vary')]).toEqual([
      'max-age=60, public',
      'Origin, Accept, Authorization',
    ]);
    const etag = first.headers.get('etag') ?? '';
    const again = await get(base, { documentId: hashOf(LISTED) }, { 'if-none-match': `"other", W/${etag}` });
    expect([again.status, again.body, again.headers.get('etag')]).toEqual([304, null, etag]);
    const uncacheable = await get(base, { query: '{ things { id } }' });
    expect([uncacheable.status, uncacheable.headers.get('cache-control')]).toEqual([200, 'private, no-cache']);
    const refused = await get(base, { query: 'mutation { burn(id: "a") }' });
    expect([refused.status, refused.headers.get('etag')]).toEqual([405, null]);
  });
});

test('only: nothing but the manifest is executed, by hash or by its very text', async () => {
  const base = await open('only');
  expect((await post(base, { documentId: `sha256:${hashOf(LISTED)}` })).body.data).toEqual({ open: 'open to all' });
  expect((await post(base, { query: LISTED })).body.data).toEqual({ open: 'open to all' });
  const others = [
    { query: OTHER },
    { query: `${LISTED} ` },
    { documentId: hashOf(OTHER) },
    { query: OTHER, extensions: apollo(hashOf(OTHER)) },
  ];
  for (const body of others) expect(codeOf(await post(base, body))).toBe('DOCUMENT_NOT_ALLOWED');
  expect(codeOf(await post(base, { query: '{ __schema { types { name } } }' }))).toBe('DOCUMENT_NOT_ALLOWED');
});

test('off: a hash without its text is not supported, a text is enough', async () => {
  const base = await open('off');
  expect(codeOf(await post(base, { extensions: apollo(hashOf(LISTED)) }))).toBe('PERSISTED_QUERY_NOT_SUPPORTED');
  expect((await post(base, { query: LISTED, extensions: apollo(hashOf(OTHER)) })).body.data).toEqual({
    open: 'open to all',
  });
});

test('the manifest of the web app is in order, and its documents fit the graph', () => {
  const texts = [...readDocumentManifest(join(__dirname, '..', 'documents.json')).values()];
  expect(texts.some((text) => text.includes('subscription WatchNotebook'))).toBe(true);
});

test('a manifest that is none stops the start with a line that names it', () => {
  expect(() => readDocumentManifest(__filename)).toThrow(/DOCUMENTS_FILE .*documents\.test\.ts cannot be used/);
});

test('gateways share what was registered through Redis, bounded, and go on without it', async () => {
  const { redisUrl, prefix } = createTestRedis();
  const [one, two] = [createSharedDocuments(redisUrl, prefix), createSharedDocuments(redisUrl, prefix)];
  try {
    await eventually(async () => {
      one.put('h1', 'text 1');
      expect(await two.get('h1')).toBe('text 1');
    });
    expect(await two.get('h2')).toBeNull();
  } finally {
    await Promise.all([one.close(), two.close()]);
  }
  const away = createSharedDocuments('redis://127.0.0.1:1', prefix);
  away.put('h3', 'text 3');
  expect([await away.get('h3'), await away.get('h4')]).toEqual(['text 3', null]);
  await away.close();
});

test('what one process remembers is bounded', async () => {
  const local = createLocalDocuments();
  for (let index = 0; index < 5_000; index += 1) local.put(`h${index}`, 'x'.repeat(1_000));
  expect([await local.get('h0'), await local.get('h4999')]).toEqual([null, 'x'.repeat(1_000)]);
});
