import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { eventually, temporaryFolder } from '../../testkit';
import { PreparedTool } from '..';
import { type FakeSystem, pretendSystem } from './fake-system';

const onLinux = process.platform === 'linux' ? test : test.skip;
let system: FakeSystem;

beforeEach(() => {
  system = pretendSystem(temporaryFolder());
});
afterEach(() => system.restore());

const prepared = (retryMs?: number) => {
  const lines: string[] = [];
  const about = { purpose: 'Recording', report: (line: string) => void lines.push(line) };
  return { tool: new PreparedTool('redis-server', retryMs === undefined ? about : { ...about, retryMs }), lines };
};
const notes = (): string => readFileSync(join(system.path, 'notes'), 'utf8');

onLinux('while a tool is being got whoever wants it is told at once, and later has it', async () => {
  system.putAptGet();
  const { tool, lines } = prepared();
  tool.prepare();
  expect(() => tool.take()).toThrow('Recording is being prepared. Try again in a minute.');
  expect(() => tool.take()).toThrow(expect.objectContaining({ code: 'UNAVAILABLE' }));
  const { command } = await eventually(() => tool.take());
  expect(await tool.wait(AbortSignal.timeout(1_000))).toEqual({ command, env: {} });
  expect(notes().match(/download/g)).toHaveLength(1);
  expect(lines[0]).toContain('redis-server is missing');
});

onLinux('what cannot be had is said, and tried again only after a while', async () => {
  system.putAptGet('exit 100;');
  const { tool, lines } = prepared();
  tool.prepare();
  await eventually(() =>
    expect(() => tool.take()).toThrow('Recording is not possible here: there is no redis-server.'),
  );
  expect(lines.at(-1)).toMatch(/^redis-server is missing and could not be got/);
  const before = notes();
  await expect(tool.wait(AbortSignal.timeout(1_000))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  expect(notes()).toBe(before);

  system.putAptGet();
  const { tool: impatient } = prepared(0);
  await expect(impatient.wait(AbortSignal.timeout(10_000))).resolves.toHaveProperty('command');
});

onLinux('whoever waits can stop waiting, and closing ends the package manager', async () => {
  system.putAptGet('sleep 60;');
  const { tool } = prepared();
  const controller = new AbortController();
  const waiting = tool.wait(controller.signal);
  await eventually(() => expect(notes()).toContain('download'));
  controller.abort(new Error('stopped'));
  await expect(waiting).rejects.toThrow('stopped');
  await tool.close();
});
