import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

import type { SourceDocument } from '@terakoya/common/contracts';
import { Secret } from '@terakoya/common/config';
import { type ObjectStorage, createDiskStorage } from '@terakoya/common/storage';
import { temporaryFolder } from '@terakoya/common/testkit';

import { type DocumentCache, createDocumentCache } from '../notes-worker/document-cache';

const signal = (): AbortSignal => AbortSignal.timeout(5_000);
const folder = temporaryFolder();
const disk = createDiskStorage({
  directory: folder.path,
  publicUrl: 'http://127.0.0.1:9000',
  secret: new Secret('storage-secret-for-tests-of-32-chars'),
});
let fetches = 0;
const storage: ObjectStorage = {
  ...disk,
  getBuffer: (key, maxBytes) => {
    fetches += 1;
    return disk.getBuffer(key, maxBytes);
  },
};

let opened: DocumentCache[] = [];
const open = async (maxBytes: number): Promise<DocumentCache> => {
  const cache = await createDocumentCache(storage, maxBytes);
  opened.push(cache);
  return cache;
};
const bytesOf = (cache: DocumentCache, document: SourceDocument, until = signal()): Promise<Buffer> =>
  cache.use(document, until, (path) => readFile(path));

beforeEach(() => (fetches = 0));
afterEach(async () => {
  for (const cache of opened) await cache.close();
  opened = [];
});
afterAll(async () => {
  await disk.close();
  folder.remove();
});

async function stored(bytes: Buffer): Promise<SourceDocument> {
  const key = `documents/${randomUUID()}`;
  await disk.put(key, bytes, 'application/pdf');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { fileId: randomUUID(), key, contentType: 'application/pdf', size: bytes.byteLength, sha256 };
}

it('fetches a document once for pages at the same time and afterwards', async () => {
  const bytes = randomBytes(1_000);
  const document = await stored(bytes);
  const cache = await open(10_000);
  const all = await Promise.all(Array.from({ length: 20 }, () => bytesOf(cache, document)));
  for (const one of all) expect(one.equals(bytes)).toBe(true);
  await bytesOf(cache, document);
  expect(fetches).toBe(1);
});

it('keeps no more bytes than allowed, and of those the ones asked for last', async () => {
  const cache = await open(2_000);
  const [first, second, third] = [
    await stored(randomBytes(900)),
    await stored(randomBytes(900)),
    await stored(randomBytes(900)),
  ];
  await bytesOf(cache, first);
  await bytesOf(cache, second);
  await bytesOf(cache, first);
  await bytesOf(cache, third);
  expect(fetches).toBe(3);
  await bytesOf(cache, first);
  expect(fetches).toBe(3);
  await bytesOf(cache, second);
  expect(fetches).toBe(4);
});

it.each([
  ['bytes that are not those of the hash', { sha256: 'a'.repeat(64) }, 'DOCUMENT_CORRUPT'],
  ['another size', { size: 12 }, 'DOCUMENT_CORRUPT'],
  ['no bytes', { size: 0 }, 'DOCUMENT_EMPTY'],
  ['21 MB', { size: 21 * 1024 * 1024 }, 'DOCUMENT_TOO_LARGE'],
  ['a file that is gone', { key: 'documents/gone' }, 'FILE_NOT_FOUND'],
])('refuses %s', async (_name, wrong, code) => {
  const document = { ...(await stored(randomBytes(500))), ...wrong };
  const cache = await open(10_000);
  await expect(bytesOf(cache, document)).rejects.toMatchObject({ code });
});

it('refuses what is larger in the store than it claims, without reading it', async () => {
  const document = { ...(await stored(Buffer.alloc(21 * 1024 * 1024))), size: 1_000 };
  await expect(bytesOf(await open(1e9), document)).rejects.toMatchObject({
    code: 'DOCUMENT_TOO_LARGE',
  });
});

it('lets one page stop waiting without disturbing the others, and tries again after a failure', async () => {
  const document = await stored(randomBytes(1_000));
  const cache = await open(10_000);
  const controller = new AbortController();
  const [stopped, other] = [bytesOf(cache, document, controller.signal), bytesOf(cache, document)];
  controller.abort(new Error('cancelled'));
  await expect(stopped).rejects.toThrow('cancelled');
  await expect(other).resolves.toHaveLength(1_000);

  const absent = {
    ...document,
    key: 'documents/late',
    sha256: createHash('sha256').update('late').digest('hex'),
    size: 4,
  };
  await expect(bytesOf(cache, absent)).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
  await disk.put('documents/late', Buffer.from('late'), 'application/pdf');
  await expect(bytesOf(cache, absent)).resolves.toHaveLength(4);
});

it('keeps a file as long as somebody works with it, however small the bound, and then removes it', async () => {
  const cache = await open(0);
  const document = await stored(randomBytes(1_000));
  const path = await cache.use(document, signal(), async (inUse) => {
    await bytesOf(cache, await stored(randomBytes(1_000)));
    expect(existsSync(inUse)).toBe(true);
    return inUse;
  });
  expect(existsSync(path)).toBe(false);
  await expect(bytesOf(cache, document)).resolves.toHaveLength(1_000);
});
