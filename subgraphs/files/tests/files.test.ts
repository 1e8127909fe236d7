import { createHash } from 'node:crypto';

import { fileCompleted } from '@terakoya/common/contracts';
import { decodeId, encodeId } from '@terakoya/common/global-ids';
import { type Service, closeInReverse } from '@terakoya/common/lifecycle';
import { createLogger } from '@terakoya/common/logging';
import { consumeEvents, createEventLog, onEvent } from '@terakoya/common/streams';
import {
  type TestDatabase,
  asViewer,
  createTestDatabase,
  createTestRedis,
  eventually,
  temporaryFolder,
  prepareTestRoles,
  testIdentity,
  testRoleUrl,
} from '@terakoya/common/testkit';

import { filesConfig } from '../src/config';
import { createFiles } from '../src/service';

const SECRET = 'a-secret-of-tests-with-32-characters';
const folder = temporaryFolder();
const completed: string[] = [];
let database: TestDatabase;
let service: Service;
let base = '';
let opened: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  await prepareTestRoles(database.url, 'files');
  const redis = createTestRedis();
  service = createFiles(
    filesConfig.read({
      PORT: '0',
      LOG_LEVEL: 'silent',
      DATABASE_URL: testRoleUrl(database.url, 'files'),
      REDIS_URL: redis.redisUrl,
      REDIS_PREFIX: redis.prefix,
      IDENTITY_SECRET: testIdentity.secret,
      FILE_STORAGE_DIRECTORY: folder.path,
      FILE_STORAGE_SECRET: SECRET,
      FILE_STORAGE_PORT: '0',
      STORAGE_QUOTA_BYTES: '3000',
    }),
  );
  base = `http://127.0.0.1:${(await service.start()).port}`;
  const log = createEventLog(redis);
  const heard = onEvent(fileCompleted, async ({ fileId }) => void completed.push(fileId));
  opened = [log, consumeEvents({ log, group: 'test', handlers: [heard], logger: createLogger('test', 'silent') })];
});
afterAll(async () => {
  await closeInReverse(opened);
  await service.close();
  await database.drop();
  folder.remove();
});

const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.from('pixels')]);
const announced = (bytes: Buffer, contentType = 'image/png') => ({
  name: 'ノート.png',
  contentType,
  size: bytes.byteLength,
  sha256: createHash('sha256').update(bytes).digest('hex'),
});

async function createUpload(user: ReturnType<typeof asViewer>, input: object) {
  const mutation =
    'mutation ($input: CreateUploadInput!) { createUpload(input: $input) { file { id state url } url method headers { name value } } }';
  return user.ask(base, mutation, { input });
}

async function put(
  upload: { url: string; method: string; headers: { name: string; value: string }[] },
  bytes: Buffer,
): Promise<number> {
  const headers = Object.fromEntries(
    upload.headers.filter(({ name }) => name !== 'content-length').map(({ name, value }) => [name, value]),
  );
  return (await fetch(upload.url, { method: upload.method, headers, body: new Uint8Array(bytes) })).status;
}

const complete = (user: ReturnType<typeof asViewer>, id: string) =>
  user.ask(base, 'mutation ($id: ID!) { completeUpload(fileId: $id) { state url } }', { id });

test('a file is announced, put, verified, told to others once, and downloaded', async () => {
  const user = asViewer('STUDENT');
  const { data } = await createUpload(user, announced(png));
  expect(data.createUpload.file).toMatchObject({ state: 'UPLOADING', url: null });
  expect((await complete(user, data.createUpload.file.id)).code).toBe('FILE_NOT_FOUND');
  expect(await put(data.createUpload, png)).toBe(200);
  const done = await complete(user, data.createUpload.file.id);
  expect(done.data.completeUpload.state).toBe('READY');
  await complete(user, data.createUpload.file.id);
  const fileId = decodeId('File', data.createUpload.file.id, 'id');
  await eventually(() => expect(completed).toContain(fileId));
  expect(completed.filter((id) => id === fileId)).toHaveLength(1);
  const download = await fetch(done.data.completeUpload.url);
  expect(Buffer.from(await download.arrayBuffer()).equals(png)).toBe(true);
  const list = await user.ask(
    base,
    '{ myFiles { edges { node { id } } pageInfo { hasNextPage } } storageQuota { usedBytes limitBytes } }',
  );
  expect(list.data.myFiles.edges).toEqual([{ node: { id: data.createUpload.file.id } }]);
  expect(list.data.storageQuota).toEqual({ usedBytes: png.byteLength, limitBytes: 3000 });
});

test.each([
  ['DOCUMENT_EMPTY', { ...announced(png), size: 0 }],
  ['DOCUMENT_TOO_LARGE', { ...announced(png), size: 21 * 1024 * 1024 }],
  ['DOCUMENT_TYPE_UNSUPPORTED', { ...announced(png), contentType: 'image/gif' }],
  ['BAD_USER_INPUT', { ...announced(png), sha256: 'no' }],
  ['BAD_USER_INPUT', { ...announced(png), name: '../etc/passwd' }],
  ['LIMIT_EXCEEDED', { ...announced(png), size: 3001 }],
])('refuses with %s before a byte is sent', async (code, input) => {
  expect((await createUpload(asViewer('STUDENT'), input)).code).toBe(code);
});

test('bytes of another type or hash than announced are refused and removed', async () => {
  const user = asViewer('STUDENT');
  const pdf = Buffer.from('%PDF-1.7 not a png');
  const mistyped = (await createUpload(user, announced(pdf))).data.createUpload;
  expect(await put(mistyped, pdf)).toBe(200);
  expect((await complete(user, mistyped.file.id)).code).toBe('DOCUMENT_TYPE_MISMATCH');
  const other = Buffer.concat([png.subarray(0, 8), Buffer.from('PIXELS')]);
  const changed = (await createUpload(user, announced(png))).data.createUpload;
  expect(await put(changed, other)).toBe(200);
  const { code, errors } = await complete(user, changed.file.id);
  expect([code, errors[0].extensions.field]).toEqual(['BAD_USER_INPUT', 'sha256']);
  expect((await complete(user, changed.file.id)).code).toBe('FILE_NOT_FOUND');
});

test('two uploads at the same time cannot both take the last free bytes', async () => {
  const user = asViewer('STUDENT');
  const input = { ...announced(png), size: 2000 };
  const codes = (await Promise.all([createUpload(user, input), createUpload(user, input)])).map(({ code }) => code);
  expect(codes.toSorted()).toEqual(['LIMIT_EXCEEDED', undefined]);
});

test('another user and nobody get nothing of a file', async () => {
  const owner = asViewer('STUDENT');
  const { id } = (await createUpload(owner, announced(png))).data.createUpload.file;
  const reference =
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on File { name } ... on Image { url } } }';
  const image = encodeId('Image', `pages/${owner.userId}/n/p/preview.webp`);
  const own = await owner.ask(base, reference, {
    r: [
      { __typename: 'File', id },
      { __typename: 'Image', id: image },
    ],
  });
  expect(own.data._entities).toEqual([{ name: 'ノート.png' }, { url: expect.stringContaining('preview.webp') }]);
  for (const stranger of [asViewer('TEACHER'), asViewer('ADMIN'), asViewer(null)]) {
    expect((await stranger.ask(base, 'query ($id: ID!) { file(id: $id) { id } }', { id })).data.file).toBeNull();
    const refused = stranger.viewer ? 'NOT_FOUND' : 'UNAUTHENTICATED';
    expect((await complete(stranger, id)).code).toBe(refused);
    expect((await stranger.ask(base, 'mutation ($id: ID!) { deleteFile(fileId: $id) }', { id })).code).toBe(refused);
    const { data } = await stranger.ask(base, reference, {
      r: [
        { __typename: 'File', id },
        { __typename: 'Image', id: image },
      ],
    });
    expect(data._entities).toEqual([null, null]);
  }
  expect((await owner.ask(base, 'mutation ($id: ID!) { deleteFile(fileId: $id) }', { id })).data.deleteFile).toBe(true);
});
