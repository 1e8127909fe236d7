/** `npm run check`: everything that can be said of the code without running it. All checks run; any failure fails. */
import { spawnSync } from 'node:child_process';

const SOURCES = [
  'common',
  'observability',
  'gateway',
  'realtime',
  'media',
  'subgraphs',
  'workers',
  'web',
  'scripts',
  'tests',
  'bench',
];

const CHECKS: readonly (readonly [name: string, command: string, ...args: string[]])[] = [
  ['types', 'tsc', '--noEmit', '-p', '.'],
  ['types of the web app', 'tsc', '--noEmit', '-p', 'web'],
  ['types of pages in tests', 'tsc', '--noEmit', '-p', 'media/tests/browser'],
  ['types of pages in tests of the school', 'tsc', '--noEmit', '-p', 'tests/e2e/meeting'],
  ['eslint', 'eslint', '--max-warnings=0', '.'],
  ['prettier', 'prettier', '--check', '--log-level=warn', '.'],
  ['folders', 'depcruise', '--config', '.dependency-cruiser.cjs', '--output-type', 'err', ...SOURCES],
  ['unused', 'knip', '--no-progress'],
  ['schemas', 'node', 'scripts/run.mjs', 'scripts/schema/main.ts', '--check'],
  ['schema changes', 'node', 'scripts/run.mjs', 'scripts/schema/diff/main.ts'],
  ['documents', 'node', 'scripts/run.mjs', 'scripts/documents.ts', '--check'],
  ['dashboards', 'node', 'scripts/run.mjs', 'scripts/dashboards.ts', '--check'],
  ['.env.example', 'node', 'scripts/run.mjs', 'scripts/env-example.ts', '--check'],
];

const failed = CHECKS.filter(([name, command, ...args]) => {
  const began = Date.now();
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  return status !== 0;
});

if (failed.length > 0) {
  console.error(`\n${failed.length} of ${CHECKS.length} checks failed: ${failed.map(([name]) => name).join(', ')}`);
  process.exitCode = 1;
}
