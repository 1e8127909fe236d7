import type { BenchResult } from './main';
import { memoryOf, processTree } from './processes';
import { withSchool } from './school';
import { median, round } from './statistics';

/** Seconds until the whole school answers, and what its processes hold in memory then. */
export async function benchStart({
  isSmoke,
  report,
}: {
  isSmoke: boolean;
  report: (line: string) => void;
}): Promise<BenchResult> {
  const runs: { seconds: number; residentMb: number; processes: number }[] = [];
  for (let run = 0; run < (isSmoke ? 1 : 4); run += 1) {
    const began = Date.now();
    await withSchool(
      [],
      () => undefined,
      async () => {
        const seconds = (Date.now() - began) / 1000;
        const tree = processTree(process.pid).filter((pid) => pid !== process.pid);
        const residentMb = tree.reduce((sum, pid) => sum + memoryOf(pid, 'VmRSS'), 0);
        report(
          `run ${run + 1}: ready after ${seconds.toFixed(1)} s, ${Math.round(residentMb)} MB in ${tree.length} processes`,
        );
        runs.push({ seconds, residentMb, processes: tree.length });
      },
    );
  }
  const counted = runs.length > 1 ? runs.slice(1) : runs; // the first one warms the caches
  return {
    figures: {
      ready_seconds: round(median(counted.map(({ seconds }) => seconds))),
      resident_mb: round(median(counted.map(({ residentMb }) => residentMb)), 0),
    },
    details: {
      runs,
      note: 'each run makes a new database cluster; resident memory counts shared pages once per process',
    },
  };
}
