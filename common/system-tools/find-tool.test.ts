import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { temporaryFolder } from '../testkit';
import { findTool } from './find-tool';

const folder = temporaryFolder();
afterAll(() => folder.remove());

function program(path: string): string {
  const file = join(folder.path, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '#!/bin/sh\n');
  chmodSync(file, 0o755);
  return file;
}

const first = program('first/valkey-server');
const second = program('second/redis-server');
const named = program('opt/my-redis');
const cache = join(folder.path, 'cache');
const nowhere = { PATH: join(folder.path, 'empty'), TERAKOYA_CACHE: cache };
mkdirSync(join(folder.path, 'only-a-folder', 'redis-server'), { recursive: true });
writeFileSync(join(folder.path, 'not-executable'), '');

test.each([
  ['the first folder of PATH wins, by any name', { PATH: `${dirname(first)}:${dirname(second)}` }, first],
  ['an empty entry of PATH is not the working directory', { PATH: `:${dirname(second)}` }, second],
  ['a folder of that name is no program', { PATH: `${folder.path}/only-a-folder:${dirname(second)}` }, second],
  ['the variable wins over PATH', { PATH: dirname(second), REDIS_SERVER_BIN: named }, named],
])('%s', (_rule, env, command) => {
  expect(findTool('redis-server', { env: { TERAKOYA_CACHE: cache, ...env } })).toEqual({ command, env: {} });
});

test('a variable that names no program hides what PATH has', () => {
  const env = { ...nowhere, PATH: dirname(second), REDIS_SERVER_BIN: join(folder.path, 'not-executable') };
  expect(findTool('redis-server', { env })).toBeUndefined();
});

test('nothing is found where nothing is', () => {
  expect(findTool('pdftoppm', { env: nowhere })).toBeUndefined();
});

test('an unpacked tool gets the folders of its own libraries and modules', () => {
  const triplet = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';
  const command = program('cache/swift/usr/bin/swift-proxy-server');
  const library = dirname(program(`cache/swift/usr/lib/${triplet}/pulseaudio/libown.so`));
  const modules = dirname(program('cache/swift/usr/lib/python3/dist-packages/swift.py'));
  const found = findTool('swift', { env: nowhere });
  expect(found?.command).toBe(command);
  expect(found?.env.LD_LIBRARY_PATH?.split(':')).toEqual([dirname(library), join(cache, 'swift/usr/lib'), library]);
  expect(found?.env.PYTHONPATH).toBe(modules);
});
