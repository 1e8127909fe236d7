import { request } from 'node:http';

import { Secret } from '../../config';
import { eventually, temporaryFolder } from '../../testkit';
import { createDiskStorage, createObjectServer } from '..';
import { countFiles } from '../files-in';
import { storageContract } from './storage-contract';

const folder = temporaryFolder();
const storage = createDiskStorage({ directory: folder.path, publicUrl: '', secret: new Secret('s'.repeat(32)) });
const server = createObjectServer({ storage, host: '127.0.0.1', port: 0, origins: ['http://school.test'] });

beforeAll(async () => {
  await storage.ready();
  storage.servedAt(`http://127.0.0.1:${(await server.start()).port}`);
});
afterAll(async () => {
  await server.close();
  folder.remove();
});

storageContract(() => storage);

test('an upload that breaks off in the middle leaves nothing', async () => {
  const { url, headers } = await storage.signUpload('uploads/broken', { contentType: 'image/png', size: 1000 }, 60);
  const sent = request(url, { method: 'PUT', headers: { ...headers } });
  sent.on('error', () => undefined);
  await new Promise<void>((resolve) => sent.write(Buffer.alloc(10), () => resolve()));
  sent.destroy();
  await eventually(async () => expect(await countFiles(`${folder.path}/incoming`)).toBe(0));
  expect(await storage.stat('uploads/broken')).toBeNull();
});

test('a browser page of the school may upload, another page may not', async () => {
  const { url } = await storage.signUpload('uploads/cors', { contentType: 'image/png', size: 1 }, 60);
  const preflight = (origin: string) => fetch(url, { method: 'OPTIONS', headers: { origin } });
  expect((await preflight('http://school.test')).headers.get('access-control-allow-origin')).toBe('http://school.test');
  expect((await preflight('http://other.test')).headers.get('access-control-allow-origin')).toBeNull();
});
