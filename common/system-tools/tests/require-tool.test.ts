import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { temporaryFolder } from '../../testkit';
import { ToolMissingError, requireTool } from '..';
import { type FakeSystem, pretendSystem } from './fake-system';

const onLinux = process.platform === 'linux' ? test : test.skip;
let folder = temporaryFolder();
let system: FakeSystem;

beforeEach(() => {
  folder = temporaryFolder();
  system = pretendSystem(folder);
});
afterEach(() => system.restore());

onLinux('a missing tool is unpacked with what it needs, once for all who ask, and said', async () => {
  system.putAptGet();
  const lines: string[] = [];
  const report = (line: string): void => void lines.push(line);
  const [one, two] = await Promise.all([requireTool('redis-server', { report }), requireTool('redis-server')]);
  expect(one).toEqual(two);
  expect(spawnSync(one.command, { encoding: 'utf8' }).stdout).toBe('ran\n');
  const notes = readFileSync(join(folder.path, 'notes'), 'utf8');
  expect(notes.match(/download/g)).toHaveLength(1);
  expect(notes).toMatch(/download -qq redis-server redis-tools libneeded$/m);
  const [began] = lines.filter((line) => !line.startsWith('waiting for another process'));
  expect(began).toMatch(/^redis-server is missing: unpacking redis-server, redis-tools into .*cache\/redis-server …$/);
  expect(lines.at(-1)).toMatch(/^redis-server is there: .*usr\/bin\/redis-server \(\d+\.\d s\)$/);
  expect(readdirSync(join(folder.path, 'cache', 'redis-server'))).toEqual(['usr']);
});

onLinux('a tool that cannot be had is one line with the command that helps, and leaves nothing half done', async () => {
  system.putAptGet('echo "E: Unable to locate package" >&2; exit 100;');
  const error: unknown = await requireTool('redis-server').catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ToolMissingError);
  expect(error).toHaveProperty('tool', 'redis-server');
  expect(String(error)).toMatch(
    /redis-server is missing and could not be got \(.*Unable to locate package\)\. Install it \(sudo apt-get install redis-server redis-tools\) or set REDIS_SERVER_BIN to its path\.$/,
  );
  expect(String(error)).not.toContain('\n');
  expect(readdirSync(join(folder.path, 'cache')).filter((name) => name !== 'apt')).toEqual([]);
  const notes = readFileSync(join(folder.path, 'notes'), 'utf8');
  expect(notes.match(/ update /g)).toHaveLength(1);
});

onLinux('without a package manager, and with a variable that is wrong, the line says so', async () => {
  await expect(requireTool('redis-server')).rejects.toThrow('spawn apt-get ENOENT');
  process.env.REDIS_SERVER_BIN = '/no/such/redis';
  await expect(requireTool('redis-server')).rejects.toThrow(
    'redis-server is not the program that REDIS_SERVER_BIN names (/no/such/redis)',
  );
});

onLinux('the signal ends a package manager that takes too long', async () => {
  system.putAptGet('sleep 60;');
  const notes = join(folder.path, 'notes');
  const controller = new AbortController();
  const asked = requireTool('redis-server', { signal: controller.signal });
  const started = setInterval(() => existsSync(notes) && controller.abort(new Error('stopped')), 10);
  await expect(asked).rejects.toThrow('stopped');
  clearInterval(started);
});
