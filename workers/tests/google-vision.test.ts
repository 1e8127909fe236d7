import { temporaryFolder } from '@terakoya/common/testkit';

import { createVisionImageReader } from '../vendors/google-vision/vision-image-reader';
import { annotated, imageError, startFakeVision, visionError, writeFakeCredentials } from './fake-vision';
import { type FakeVendor, deadAddress } from './fake-vendor';
import { createTestCalls } from './test-calls';

const image = Buffer.from('not decoded by the fake');
const anySignal = (): AbortSignal => AbortSignal.timeout(10_000);

let vendor: FakeVendor;
let folder: ReturnType<typeof temporaryFolder>;
let credentialsFile: string;
beforeAll(() => {
  folder = temporaryFolder();
  credentialsFile = writeFakeCredentials(folder.path);
});
afterAll(() => folder.remove());
beforeEach(async () => {
  vendor = await startFakeVision();
});
afterEach(() => vendor.close());

function readerWith(calls = createTestCalls(), { timeoutMs = 2_000, baseUrl = vendor.url } = {}) {
  const reader = createVisionImageReader({ credentialsFile, baseUrl, timeoutMs, paidCalls: calls.paidCalls });
  return { reader, records: calls.records };
}

it('asks for document text and gives words with boxes as fractions and confidence', async () => {
  const { reader, records } = readerWith();
  await expect(reader.read(image, ['jpn', 'eng'], anySignal())).resolves.toEqual({
    engine: 'google-vision',
    text: '光合成 plant',
    words: [
      {
        text: '光合成',
        box: { x: 0.1, y: 0.1, width: expect.closeTo(0.3), height: expect.closeTo(0.1) },
        confidence: expect.closeTo(0.98),
      },
      {
        text: 'plant',
        box: { x: 0, y: 0.1, width: expect.closeTo(0.09), height: expect.closeTo(0.1) },
        confidence: expect.closeTo(0.55),
      },
    ],
  });
  expect(vendor.requests[0]?.body).toMatchObject({
    requests: [
      {
        image: { content: image.toString('base64') },
        features: [{ type: 11 }], // DOCUMENT_TEXT_DETECTION
        imageContext: { languageHints: ['ja', 'en'] },
      },
    ],
  });
  expect(records).toEqual([
    expect.objectContaining({ end: 'settled', usage: expect.objectContaining({ microUsd: 1_500, images: 1 }) }),
  ]);
});

it('gives an empty text for an image without any', async () => {
  vendor.next({ status: 200, body: { responses: [{}] } });
  const { reader } = readerWith();
  await expect(reader.read(image, ['eng'], anySignal())).resolves.toEqual({
    engine: 'google-vision',
    text: '',
    words: [],
  });
});

it('opens no connection when the budget refuses', async () => {
  const { reader } = readerWith(createTestCalls({ limitUsd: 0 }));
  await expect(reader.read(image, ['eng'], anySignal())).rejects.toMatchObject({ code: 'SPEND_LIMIT_REACHED' });
  expect(vendor.connections()).toBe(0);
});

it.each([
  ['429', visionError(429, 'RESOURCE_EXHAUSTED', 9), 'busy', 9, 'released'],
  ['500', visionError(500, 'INTERNAL'), 'down', undefined, 'released'],
  ['503', visionError(503, 'UNAVAILABLE'), 'down', undefined, 'released'],
  ['an error page', { status: 502, body: '<html>Bad gateway</html>' }, 'down', undefined, 'released'],
  ['a wrong key', visionError(403, 'PERMISSION_DENIED'), 'refused', undefined, 'released'],
  ['an image it cannot read', imageError(3), 'refused', undefined, 'released'],
  ['an image it is too busy for', imageError(8), 'busy', undefined, 'released'],
  ['no answer for the image', { status: 200, body: { responses: [] } }, 'malformed', undefined, 'lost'],
  ['a connection cut in the middle', 'cut', 'lost', undefined, 'lost'],
] as const)('%s is told apart, not tried again here, and billed right', async (_name, answer, kind, wait, end) => {
  vendor.next(answer);
  const { reader, records } = readerWith();
  await expect(reader.read(image, ['eng'], anySignal())).rejects.toMatchObject({ kind, retryAfterSeconds: wait });
  expect(vendor.requests).toHaveLength(1);
  expect(records.map((record) => record.end)).toEqual([end]);
});

it('heeds Retry-After, though the package hides it', async () => {
  vendor.next({ ...visionError(429, 'RESOURCE_EXHAUSTED'), headers: { 'retry-after': '60' } });
  const { reader } = readerWith();
  await expect(reader.read(image, ['eng'], anySignal())).rejects.toMatchObject({ kind: 'busy' });
  await expect(reader.read(image, ['eng'], anySignal())).rejects.toMatchObject({
    code: 'RATE_LIMITED',
    details: { retryAfterSeconds: 60 },
  });
  expect(vendor.requests).toHaveLength(1);
});

it('frees the money when nobody listens at the address', async () => {
  const { reader, records } = readerWith(createTestCalls(), { baseUrl: await deadAddress() });
  await expect(reader.read(image, ['eng'], anySignal())).rejects.toMatchObject({ kind: 'down' });
  expect(records[0]?.end).toBe('released');
});

it('ends a slow call by its time limit and counts it as spent', async () => {
  vendor.next('hang');
  const { reader, records } = readerWith(createTestCalls({ timeoutMs: 5_000 }), { timeoutMs: 100 });
  await expect(reader.read(image, ['eng'], anySignal())).rejects.toMatchObject({ kind: 'lost', code: 'UNAVAILABLE' });
  expect(records[0]?.end).toBe('lost');
  vendor.next(annotated());
});

it('refuses a key file that is none, before anything else', () => {
  const open = () =>
    createVisionImageReader({
      credentialsFile: `${folder.path}/missing.json`,
      baseUrl: vendor.url,
      timeoutMs: 100,
      paidCalls: createTestCalls().paidCalls,
    });
  expect(open).toThrow('GOOGLE_APPLICATION_CREDENTIALS');
});
