import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
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

/** A field of /proc/PID/status in MiB, such as VmHWM (peak) or VmRSS. */
export function memoryOf(pid: number, field: 'VmHWM' | 'VmRSS'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024;
}

/** The processes below one, itself included. */
export function processTree(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // It ended between the listing and the reading.
    }
  }
  const below = (pid: number): number[] => [
    pid,
    ...[...parents].filter(([, parent]) => parent === pid).flatMap(([child]) => below(child)),
  ];
  return below(root);
}
