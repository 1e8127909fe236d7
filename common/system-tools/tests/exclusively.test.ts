import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

import { exclusively } from '..';

const onLinux = process.platform === 'linux' ? test : test.skip;
const root = join(__dirname, '..', '..', '..');

onLinux('work of one name is done one after the other, of another name at the same time', async () => {
  const name = randomUUID();
  const seen: string[] = [];
  const work = (label: string) => async () => {
    seen.push(`${label} begins`);
    await exclusively(randomUUID(), {}, async () => undefined);
    seen.push(`${label} ends`);
  };
  await Promise.all([exclusively(name, {}, work('a')), exclusively(name, {}, work('b'))]);
  expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
});

onLinux('work that fails lets go; one that waits too long, or is told to stop, gives up', async () => {
  const name = randomUUID();
  await expect(exclusively(name, {}, () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
  const lines: string[] = [];
  await exclusively(name, {}, async () => {
    const report = (line: string): void => void lines.push(line);
    await expect(exclusively(name, { waitMs: 150, report }, async () => undefined)).rejects.toThrow(
      `another process has been at work on ${name} for 0.15 s`,
    );
    const signal = AbortSignal.timeout(50);
    await expect(exclusively(name, { signal }, async () => undefined)).rejects.toThrow('aborted');
  });
  expect(lines).toEqual([`waiting for another process that is at work on ${name} …`]);
});

onLinux('a holder that is killed lets go', async () => {
  const name = randomUUID();
  const program = `
    const { exclusively } = require(${JSON.stringify(join(root, 'common/system-tools'))});
    exclusively(${JSON.stringify(name)}, {}, () => { console.log('held'); return new Promise(() => setInterval(() => {}, 1000)); });`;
  const holder = spawn(process.execPath, ['--require', join(root, 'scripts/register.js'), '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(createInterface(holder.stdout), 'line');
  await expect(exclusively(name, { waitMs: 0 }, async () => undefined)).rejects.toThrow('another process');
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  await expect(exclusively(name, { waitMs: 5_000 }, async () => 'mine')).resolves.toBe('mine');
});
