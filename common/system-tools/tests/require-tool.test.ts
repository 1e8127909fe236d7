import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { temporaryFolder } from '../../testkit';
import { ToolMissingError, requireTool } from '..';

/**
 * The package manager here is a small program that answers as apt-get does to an ordinary user, and notes how it was
 * called; what it is given to do is real.
 */
const onLinux = process.platform === 'linux' ? test : test.skip;
const before = { ...process.env };
let folder = temporaryFolder();

beforeEach(() => {
  folder = temporaryFolder();
  mkdirSync(join(folder.path, 'bin'));
  Object.assign(process.env, {
    PATH: join(folder.path, 'bin'),
    TERAKOYA_CACHE: join(folder.path, 'cache'),
    NOTES: join(folder.path, 'notes'),
  });
  delete process.env.REDIS_SERVER_BIN;
  jest.spyOn(process, 'getuid').mockReturnValue(1000);
});

afterEach(() => {
  Object.assign(process.env, before);
  jest.restoreAllMocks();
  folder.remove();
});

function put(name: string, script: string): void {
  const file = join(folder.path, 'bin', name);
  writeFileSync(file, `#!/bin/sh\nPATH=/usr/bin:/bin\n${script}\n`);
  chmodSync(file, 0o755);
}

function putAptGet(rest = ''): void {
  put(
    'apt-get',
    `echo "$@" >> "$NOTES"
     case "$*" in
       *--simulate*) echo 'Inst libneeded (1.0 Debian)'; echo 'Inst redis-server (7.0 Debian)' ;;
       *download*) ${rest} touch redis-server_7.deb libneeded_1.deb ;;
     esac`,
  );
  put(
    'dpkg-deb',
    `mkdir -p "$3/usr/bin"; case "$2" in *redis-server*) printf '#!/bin/sh\\necho ran' > "$3/usr/bin/redis-server" ;; esac
     chmod -R +x "$3/usr/bin"`,
  );
}

onLinux('a missing tool is unpacked with what it needs, once for all who ask, and said', async () => {
  putAptGet();
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
  putAptGet('echo "E: Unable to locate package" >&2; exit 100;');
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
  putAptGet('sleep 60;');
  const notes = join(folder.path, 'notes');
  const controller = new AbortController();
  const asked = requireTool('redis-server', { signal: controller.signal });
  const started = setInterval(() => existsSync(notes) && controller.abort(new Error('stopped')), 10);
  await expect(asked).rejects.toThrow('stopped');
  clearInterval(started);
});
