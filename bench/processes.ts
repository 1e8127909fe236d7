import { readFileSync, readdirSync } from 'node:fs';

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

/** Clock ticks a second of /proc: 100 on every Linux that Node.js runs on. */
const TICKS = 100;

/** Milliseconds of CPU that processes have used since they began, their ended threads included. */
export function cpuMsOf(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return sum + ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS; // utime and stime
  }, 0);
}

/** Milliseconds that processes' first threads have waited for a core since they began (/proc/PID/schedstat). */
export function waitedMsOf(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => {
    const [, waited] = readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ');
    return sum + Number(waited) / 1e6;
  }, 0);
}
