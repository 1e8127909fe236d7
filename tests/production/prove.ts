import { join } from 'node:path';

import { poll } from '@terakoya/common/lifecycle';
import { runCommand } from '@terakoya/common/system-tools';
import { z } from 'zod';

import { ROOT } from '../../scripts/start/services';

const FILES = ['lesson.pdf', 'scan-ja.pdf'].map((name) => join(ROOT, 'tests', 'fixtures', name));
const PROBE_STEPS = ['sign-in', 'import', 'read-text', 'join'];
const PROBE_MS = 180_000;

const resultSchema = z.object({
  results: z.array(
    z.object({
      notebook: z.object({ pages: z.array(z.object({ state: z.string(), text: z.string().nullable() })) }),
      search: z.object({ hits: z.array(z.unknown()) }),
    }),
  ),
});

export interface Demonstration {
  readonly pages: number;
  readonly pagesWithText: number;
  readonly hits: number;
}

/** Runs the demo, as anybody would, against a GraphQL URL; `authority` is a certificate to trust beside the usual ones. */
export async function demonstrate(
  url: string,
  email: string,
  password: string,
  authority?: string,
): Promise<Demonstration> {
  const script = join(ROOT, 'scripts', 'demo', 'main.ts');
  const args = [join(ROOT, 'scripts', 'run.mjs'), script, '--json', '--url', url, '--email', email];
  const output = await runCommand(process.execPath, [...args, ...FILES], {
    cwd: ROOT,
    timeoutMs: 300_000,
    env: { DEMO_PASSWORD: password, ...(authority !== undefined && { NODE_EXTRA_CA_CERTS: authority }) },
  });
  const { results } = resultSchema.parse(JSON.parse(output));
  const pages = results.flatMap(({ notebook }) => notebook.pages);
  return {
    pages: pages.length,
    pagesWithText: pages.filter(({ text }) => (text ?? '').trim() !== '').length,
    hits: results.reduce((sum, { search }) => sum + search.hits.length, 0),
  };
}

/** Waits until the probe has seen every step work, the meeting included. */
export async function probed(metricsUrl: string): Promise<void> {
  await poll('the probe', { timeoutMs: PROBE_MS, everyMs: 1_000 }, async () => {
    const text = await (await fetch(metricsUrl, { signal: AbortSignal.timeout(5_000) })).text();
    return PROBE_STEPS.every((step) => text.includes(`terakoya_probe_up{step="${step}"} 1`)) || undefined;
  });
}
