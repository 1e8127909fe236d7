/**
 * `npm test`: runs jest and closes with one line, `N passed, N failed`. Arguments are jest's own.
 *
 * With CI=true, test files that failed run once more, alone: a machine under load must not hide what all the others
 * say. What the second run saves is named in the output; it is a defect to be repaired all the same.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** More failed files than these are no accident. */
const MOST_SECOND_RUNS = 3;
const require = createRequire(import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'terakoya-jest-'));

const first = runJest(process.argv.slice(2));
const failedFiles = first.files.filter(({ status }) => status === 'failed').map(({ name }) => name);
const isSecondRun = process.env.CI === 'true' && failedFiles.length > 0 && failedFiles.length <= MOST_SECOND_RUNS;
if (isSecondRun) console.log(`Second run, alone: ${failedFiles.join(' ')}`);
const second = isSecondRun ? runJest(['--runInBand', '--runTestsByPath', ...failedFiles]) : null;
rmSync(folder, { recursive: true, force: true });

const passed = second ? passedIn(first, (name) => !failedFiles.includes(name)) + second.passed : first.passed;
console.log(`${passed} passed, ${(second ?? first).failed} failed`);
process.exit((second ?? first).status);

function runJest(options) {
  const outputFile = join(folder, 'result.json');
  rmSync(outputFile, { force: true });
  const { status } = spawnSync(
    'node',
    [require.resolve('jest/bin/jest'), '--json', `--outputFile=${outputFile}`, ...options],
    { stdio: ['ignore', 2, 2] },
  );
  try {
    const result = JSON.parse(readFileSync(outputFile, 'utf8'));
    const { numPassedTests, numFailedTests, numFailedTestSuites, numRuntimeErrorTestSuites } = result;
    const broken = numFailedTestSuites > 0 && numFailedTests === 0 ? numRuntimeErrorTestSuites : 0;
    return { status: status ?? 1, passed: numPassedTests, failed: numFailedTests + broken, files: result.testResults };
  } catch {
    return { status: status || 1, passed: 0, failed: 1, files: [] };
  }
}

function passedIn({ files }, isCounted) {
  const counted = files.filter(({ name }) => isCounted(name));
  return counted.flatMap(({ assertionResults }) => assertionResults).filter(({ status }) => status === 'passed').length;
}
