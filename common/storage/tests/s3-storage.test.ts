import { Secret } from '../../config';
import { findTool } from '../../system-tools';
import { findTestTool } from '../../testkit';
import type { ObjectStorage } from '..';
import { createS3Storage } from '../s3-storage';
import { storageContract } from './storage-contract';
import { type SwiftServer, startSwift } from './swift-server';

jest.setTimeout(120_000);

let swift: SwiftServer | undefined;
let storage: ObjectStorage;

const open = (secretKey: string): ObjectStorage => {
  if (!swift) throw new Error('Swift is not running');
  const { endpoint, accessKey } = swift;
  return createS3Storage({
    endpoint,
    publicEndpoint: endpoint.replace('127.0.0.1', 'localhost'),
    accessKey,
    secretKey: new Secret(secretKey),
    bucket: 'terakoya',
    region: 'us-east-1',
  });
};

/** Elsewhere the suite is skipped: Swift is many packages, and only root or CI installs it unasked. */
const isToBeHad = findTool('swift') !== undefined || process.getuid?.() === 0 || process.env.CI === 'true';

(isToBeHad ? describe : describe.skip)('OpenStack Swift', () => {
  beforeAll(async () => {
    const tool = await findTestTool('swift');
    if (!tool) return;
    swift = await startSwift(tool.command);
    storage = open(swift.secretKey);
    await storage.ready();
  });
  afterAll(() => swift?.stop());

  storageContract(() => storage);

  test('signed URLs name the address that browsers know, and the server takes them', async () => {
    await storage.put('uploads/public', Buffer.from('hello'), 'image/png');
    const { url } = await storage.signDownload('uploads/public', 60);
    expect(new URL(url).hostname).toBe('localhost');
    const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
    expect([response.status, await response.text()]).toEqual([200, 'hello']);
  });

  test('the bucket is made once; a wrong secret is refused by the server', async () => {
    await storage.ready();
    await expect(open('wrong-secret').put('uploads/a', Buffer.from('a'), 'image/png')).rejects.toThrow();
    await expect(open('wrong-secret').ready()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});
