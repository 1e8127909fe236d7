import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { FREE_PORTS } from '../scripts/start/config';
import { School } from '../scripts/start/school';
import type { ServiceName } from '../scripts/start/services';

/** A school of real processes on free ports with data of its own, gone when `work` is done. */
export async function withSchool<T>(
  without: readonly ServiceName[],
  report: (line: string) => void,
  work: (school: School) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'terakoya-bench-'));
  chmodSync(folder, 0o755);
  const tsconfig = `tsconfig.test-${process.pid}.json`;
  const tsconfigPath = join(__dirname, '..', 'web', tsconfig);
  writeFileSync(tsconfigPath, JSON.stringify({ extends: './tsconfig.json' })); // Next.js writes into the one it is given
  const environment = {
    ...process.env,
    ...FREE_PORTS,
    TERAKOYA_DATA: folder,
    LOG_LEVEL: 'warn',
    NEXT_DIST_DIR: '.next-bench',
    NEXT_TSCONFIG: tsconfig,
  };
  const school = new School({ environment, without, report: (line) => report(`  ${line}`) });
  try {
    await school.start();
    return await work(school);
  } finally {
    await school.close();
    rmSync(folder, { recursive: true, force: true });
    rmSync(tsconfigPath, { force: true });
  }
}
