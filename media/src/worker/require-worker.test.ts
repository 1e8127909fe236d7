import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { runCommand } from '@terakoya/common/system-tools';
import { temporaryFolder } from '@terakoya/common/testkit';

import { downloadWorker } from './download';
import { BUILD_SCRIPT, WORKER_PACKAGE, hashOf } from './package';
import { requireMediasoupWorker } from './require-worker';
import type { WorkerSource } from './worker-source';

const folder = temporaryFolder();
afterAll(() => folder.remove());

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

test('without compilers the script says in one line what to install, or that this system is not the one it knows', () => {
  const bin = join(folder.path, 'bin');
  mkdirSync(bin);
  for (const name of ['bash', 'dirname', 'mktemp', 'realpath', 'rm']) {
    const { stdout } = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' });
    symlinkSync(stdout.trim(), join(bin, name));
  }
  const output = join(folder.path, 'unbuilt');
  const { status, stderr } = spawnSync(join(bin, 'bash'), [BUILD_SCRIPT, WORKER_PACKAGE, output], {
    encoding: 'utf8',
    env: { PATH: bin },
  });
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /^(These packages are missing; as root: apt-get install g\+\+ ninja-build .*|This script knows Debian 12 .*)\n$/,
  );
  expect(existsSync(output)).toBe(false);
});

test('a published worker is downloaded; where there is none the answer is no', async () => {
  chmodSync(program(join(folder.path, 'mediasoup-worker'), 41), 0o644); // it is made executable here
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
  const at = (place: string) => ({
    ...having('downloaded'),
    MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL: base + place,
  });
  const told: string[] = [];
  const report = (line: string) => void told.push(line);
  await expect(requireMediasoupWorker({ env: at('/nowhere'), sources: [downloadWorker], report })).rejects.toThrow(
    'There is no mediasoup worker',
  );
  expect(told).toEqual(['no prebuilt mediasoup worker can be downloaded here (status 404)']);
  const path = await requireMediasoupWorker({ env: at('/there'), sources: [downloadWorker] });
  expect(await requireMediasoupWorker({ env: having('downloaded'), sources: [] })).toBe(path);
  expect(asked).toHaveLength(2);
  expect(asked[1]).toMatch(/^\/there\/3\.\d+\.\d+\/mediasoup-worker-3\.\d+\.\d+-\w+-\w+(-kernel\d+)?\.tgz$/);
  await new Promise((resolve) => server.close(resolve));
});
