import { randomUUID } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { request } from 'node:http';

import type { ObjectStorage } from '..';

/** What every store must do, checked over the store's own HTTP URLs where it signs some. */
export function storageContract(storage: () => ObjectStorage): void {
  const bytes = Buffer.from('寺子屋 '.repeat(1000));
  const type = 'image/png';
  const newKey = (): string => `uploads/${randomUUID()}/${randomUUID()}`;

  test('keeps an object, tells what it is, replaces and removes it', async () => {
    const key = newKey();
    expect(await storage().stat(key)).toBeNull();
    await expect(storage().getBuffer(key, 10)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await storage().put(key, bytes, type);
    expect(await storage().stat(key)).toMatchObject({ size: bytes.byteLength, contentType: type });
    expect((await storage().getBuffer(key, bytes.byteLength)).equals(bytes)).toBe(true);
    await expect(storage().getBuffer(key, 10)).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
    await storage().put(key, Buffer.from('new'), 'image/jpeg');
    expect(await storage().stat(key)).toMatchObject({ size: 3, contentType: 'image/jpeg' });
    await storage().putFile(key, __filename, 'text/plain');
    const { size } = statSync(__filename);
    expect(await storage().stat(key)).toMatchObject({ size, contentType: 'text/plain' });
    expect((await storage().getBuffer(key, size)).equals(readFileSync(__filename))).toBe(true);
    await storage().delete(key);
    await storage().delete(key);
    expect(await storage().stat(key)).toBeNull();
  });

  test('removes all below a prefix and nothing beside it', async () => {
    const prefix = newKey();
    for (const name of ['a', 'b/c', 'b/d']) await storage().put(`${prefix}/${name}`, bytes, type);
    await storage().put(`${prefix}x`, bytes, type);
    expect(await Array.fromAsync(storage().list())).toEqual(
      expect.arrayContaining([`${prefix}/a`, `${prefix}/b/c`, `${prefix}/b/d`, `${prefix}x`]),
    );
    expect(await storage().deletePrefix(`${prefix}/`)).toBe(3);
    expect(await storage().stat(`${prefix}/b/c`)).toBeNull();
    expect(await storage().stat(`${prefix}x`)).not.toBeNull();
    expect(await storage().deletePrefix(`${prefix}/`)).toBe(0);
  });

  test.each(['../secret', '/abs', 'a//b', 'a/../b', 'a b', '', 'x'.repeat(600), 'a/.hidden'])(
    'refuses the key %j',
    async (key) => {
      await expect(storage().put(key, bytes, type)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
      await expect(storage().stat(key)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    },
  );

  test('a signed upload takes exactly the signed bytes and type, a signed download gives them', async () => {
    const key = newKey();
    const upload = await storage().signUpload(key, { contentType: type, size: bytes.byteLength }, 60);
    expect(await send(upload.url, 'PUT', upload.headers, bytes)).toMatchObject({ status: 200 });
    expect(await storage().stat(key)).toMatchObject({ size: bytes.byteLength, contentType: type });
    const download = await storage().signDownload(key, 60, '写真 "1".png');
    const got = await send(download.url, 'GET', {});
    expect([got.status, got.body.equals(bytes), got.headers['content-type']]).toEqual([200, true, type]);
    expect(got.headers['content-disposition']).toContain("filename*=UTF-8''%E5%86%99%E7%9C%9F");
    const part = await send(download.url, 'GET', { range: 'bytes=9-18' });
    expect([part.status, part.body.equals(bytes.subarray(9, 19))]).toEqual([206, true]);
  });

  test('refuses what was not signed: type, size, key, method, signature, time', async () => {
    const key = newKey();
    const bound = { contentType: type, size: 4 };
    const { url, headers } = await storage().signUpload(key, bound, 60);
    const other = newKey();
    const attempts: [string, string, Record<string, string>, Buffer | undefined][] = [
      [url, 'PUT', { ...headers, 'content-type': 'text/html' }, Buffer.from('abcd')],
      [url, 'PUT', { 'content-type': type, 'content-length': '5' }, Buffer.from('abcde')],
      [url, 'PUT', { 'content-type': type, 'content-length': '3' }, Buffer.from('abc')],
      [url.replace(key, other), 'PUT', headers, Buffer.from('abcd')],
      [url, 'GET', {}, undefined],
      [url.replace(/ignature=./, 'ignature=~'), 'PUT', headers, Buffer.from('abcd')],
      [url.split('?')[0] ?? '', 'PUT', headers, Buffer.from('abcd')],
    ];
    for (const [target, method, given, body] of attempts) {
      const { status } = await send(target, method, given, body);
      expect([400, 401, 403]).toContain(status);
    }
    expect(await storage().stat(key)).toBeNull();
    expect(await storage().stat(other)).toBeNull();
    const expired = await storage().signUpload(key, bound, -10);
    expect((await send(expired.url, 'PUT', expired.headers, Buffer.from('abcd'))).status).toBeGreaterThanOrEqual(400);
    expect(await storage().stat(key)).toBeNull();
  });

  test('puts of one key at the same time leave one of them whole', async () => {
    const key = newKey();
    const bodies = ['a', 'b', 'c', 'd'].map((letter) => Buffer.from(letter.repeat(50_000)));
    await Promise.all(bodies.map((body) => storage().put(key, body, type)));
    const left = await storage().getBuffer(key, 60_000);
    expect(bodies.some((body) => body.equals(left))).toBe(true);
  });
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** A request with exactly these headers: fetch would choose the content length itself. */
function send(url: string, method: string, headers: Readonly<Record<string, string>>, body?: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers: { ...headers }, timeout: 10_000, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
