import { chmodSync, cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { runCommand } from '@terakoya/common/system-tools';
import { temporaryFolder } from '@terakoya/common/testkit';

import { downloadWorker } from './download';
import { hashOf } from './package';
import { type WorkerSource, requireMediasoupWorker } from './require-worker';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const silent = (): void => undefined;

/** A program that ends with the code. */
function program(path: string, exitCode: number): string {
  writeFileSync(path, `#!/bin/sh\nexit ${exitCode}\n`);
  chmodSync(path, 0o755);
  return path;
}
const writing =
  (exitCode: number): WorkerSource =>
  async (output) => {
    mkdirSync(join(output, '..'), { recursive: true });
    program(output, exitCode);
    return true;
  };
const having = (name: string) => ({ TERAKOYA_CACHE: join(folder.path, name) });

test('the worker that is named counts alone', async () => {
  const good = program(join(folder.path, 'good'), 41);
  expect(await requireMediasoupWorker({ env: { MEDIASOUP_WORKER_BIN: good } })).toBe(good);
  const bad = program(join(folder.path, 'bad'), 0);
  for (const named of [bad, join(folder.path, 'nowhere')]) {
    await expect(requireMediasoupWorker({ env: { MEDIASOUP_WORKER_BIN: named } })).rejects.toThrow(
      `MEDIASOUP_WORKER_BIN (${named}) is no mediasoup worker`,
    );
  }
});

test('what was got once is kept', async () => {
  const first = await requireMediasoupWorker({ env: having('kept'), sources: [writing(41)] });
  expect(await requireMediasoupWorker({ env: having('kept'), sources: [] })).toBe(first);
});

test('one that does not run here is thrown away and the next source is asked', async () => {
  const told: string[] = [];
  const sources = [async () => false, writing(1), writing(41)];
  const path = await requireMediasoupWorker({ env: having('next'), sources, report: (line) => told.push(line) });
  expect(existsSync(path)).toBe(true);
  expect(told).toEqual([`${path} does not run on this machine`]);
});

test('without any it says what helps', async () => {
  await expect(requireMediasoupWorker({ env: having('none'), sources: [writing(1)] })).rejects.toThrow(
    'Name one with MEDIASOUP_WORKER_BIN.',
  );
});

test('another script or overlay is another worker', () => {
  const copy = join(folder.path, 'scripts');
  cpSync(join(__dirname, '..', '..', 'worker'), copy, { recursive: true });
  const before = hashOf(copy);
  expect(before).toBe(hashOf(join(__dirname, '..', '..', 'worker')));
  writeFileSync(join(copy, 'overlay', 'libuv', 'meson.build'), '# another');
  expect(hashOf(copy)).not.toBe(before);
});

test('a published worker is downloaded; where there is none the answer is no', async () => {
  program(join(folder.path, 'mediasoup-worker'), 41);
  await runCommand('tar', ['czf', 'worker.tgz', 'mediasoup-worker'], { cwd: folder.path });
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    if (!request.url?.startsWith('/there/')) return void response.writeHead(404).end();
    void runCommand('base64', ['-w0', join(folder.path, 'worker.tgz')]).then((text) =>
      response.end(Buffer.from(text, 'base64')),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // a TCP server's
  const env = having('downloaded');
  const from =
    (place: string): WorkerSource =>
    (output) =>
      downloadWorker(output, { report: silent, base: base + place });
  const path = await requireMediasoupWorker({ env, sources: [from('/nowhere'), from('/there')] });
  expect(await requireMediasoupWorker({ env, sources: [] })).toBe(path);
  expect(asked).toHaveLength(2);
  expect(asked[1]).toMatch(/^\/there\/3\.\d+\.\d+\/mediasoup-worker-3\.\d+\.\d+-\w+-\w+(-kernel\d+)?\.tgz$/);
  await new Promise((resolve) => server.close(resolve));
});
