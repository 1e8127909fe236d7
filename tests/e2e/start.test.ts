import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

import { processTree } from '../../bench/processes';
import { eventually, temporaryFolder } from '../../common/testkit';
import { FREE_PORTS } from '../../scripts/start/config';
import { SchoolUnderTest } from './school-under-test';

jest.setTimeout(120_000);

const ROOT = join(__dirname, '..', '..');

/** `npm start` itself, with the given environment; resolves when it has ended. */
function runStart(environment: Record<string, string>): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawn('node', ['scripts/run.mjs', 'scripts/start/main.ts'], {
      cwd: ROOT,
      env: { ...process.env, ...FREE_PORTS, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('close', (code) => resolve({ code, output }));
  });
}

test('a taken port and a wrong variable are each one clear line that names it, and end with a code that is not 0', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
  const address = taken.address();
  const port = String(typeof address === 'object' && address ? address.port : 0);
  const folder = temporaryFolder();
  const onTaken = await runStart({ TERAKOYA_DATA: folder.path, GATEWAY_PORT: port });
  expect(onTaken.code).toBe(1);
  expect(onTaken.output).toContain(`Port ${port} of gateway is taken.`);
  expect(onTaken.output).toContain('set GATEWAY_PORT to another port');
  const onWrong = await runStart({ TERAKOYA_DATA: folder.path, DATABASE_URL: 'mysql://x' });
  expect(onWrong.code).toBe(1);
  expect(onWrong.output).toContain('environment variable DATABASE_URL');
  taken.close();
  folder.remove();
});

test('closing drains and leaves no process behind, also after the crash of a service', async () => {
  const before = processTree(process.pid);
  const under = new SchoolUnderTest();
  await under.start();
  const started = processTree(process.pid).filter((pid) => !before.includes(pid));
  expect(started.length).toBeGreaterThanOrEqual(13);
  process.kill(under.school.process('classes').pid ?? 0, 'SIGKILL');
  await eventually(() => expect(under.lines.join('\n')).toContain('classes is up again'), { timeoutMs: 30_000 });
  const client = await under.newPupil();
  expect((await client.ask('{ myClasses { edges { node { id } } } }')).data).toEqual({ myClasses: { edges: [] } });
  await under.close();
  await eventually(() => expect(processTree(process.pid).filter((pid) => !before.includes(pid))).toEqual([]));
});

test('a program ends when the shell that started it is ended without a word to it', async () => {
  const folder = temporaryFolder();
  const program = join(folder.path, 'endless.ts');
  writeFileSync(program, 'console.log(process.pid); setInterval(() => undefined, 1_000);');
  const shell = spawn('sh', ['-c', `node scripts/run.mjs ${program}; true`], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 2],
  });
  const [pid] = await once(shell.stdout ?? shell, 'data');
  shell.kill('SIGTERM');
  await eventually(() => expect(() => process.kill(Number(pid), 0)).toThrow('ESRCH'));
  folder.remove();
});
