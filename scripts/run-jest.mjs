/** `npm test`: runs jest and closes with one line, `N passed, N failed`. Arguments are jest's own. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'terakoya-jest-'));
const outputFile = join(folder, 'result.json');

const { status } = spawnSync(
  'node',
  [require.resolve('jest/bin/jest'), '--json', `--outputFile=${outputFile}`, ...process.argv.slice(2)],
  { stdio: ['ignore', 2, 2] },
);

try {
  const { numPassedTests, numFailedTests, numFailedTestSuites, numRuntimeErrorTestSuites } = JSON.parse(
    readFileSync(outputFile, 'utf8'),
  );
  const broken = numFailedTestSuites > 0 && numFailedTests === 0 ? numRuntimeErrorTestSuites : 0;
  console.log(`${numPassedTests} passed, ${numFailedTests + broken} failed`);
} catch {
  console.log('0 passed, 1 failed');
}
rmSync(folder, { recursive: true, force: true });
process.exit(status ?? 1);
