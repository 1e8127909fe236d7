import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

import { ConfigurationError } from '../errors';

const WAIT_MS = 5_000;

export interface ServerRecord {
  readonly name: string;
  /** The file in which the server leaves its process id, on the first line. */
  readonly pidFile: string;
  /** What the command line of that process contains, one of these; process ids are used again. */
  readonly marks: readonly string[];
}

/**
 * Sees to it that no server runs on this data already. One whose start was killed is just ending (see `guard.ts`) and
 * is waited for, at most 5 s; one that stays is named in a ConfigurationError. A record that a crash left behind, whose
 * process id another program has by now, is removed, because PostgreSQL would believe it.
 */
export async function refuseSecondServer(server: ServerRecord, report: (line: string) => void): Promise<void> {
  const deadline = Date.now() + WAIT_MS;
  let running = runningServer(server);
  if (running !== undefined) report(`${server.name} (process ${running}) of an earlier start still runs: waiting …`);
  while (running !== undefined) {
    if (Date.now() >= deadline) throw alreadyRuns(server, running);
    await delay(50);
    running = runningServer(server);
  }
  const left = pidIn(server.pidFile);
  if (left !== undefined && commandLineOf(left) !== '') rmSync(server.pidFile, { force: true });
}

export function alreadyRuns({ name, pidFile }: ServerRecord, pid = pidIn(pidFile)): ConfigurationError {
  return new ConfigurationError(
    `${name} (process ${pid}) already runs on the data in ${pidFile}. ` +
      'Is the school running? End it, or set TERAKOYA_DATA to another folder.',
  );
}

/** The process id of the server that runs on this data now. */
export function runningServer({ pidFile, marks }: ServerRecord): number | undefined {
  const pid = pidIn(pidFile);
  if (pid === undefined) return undefined;
  const commandLine = commandLineOf(pid);
  return marks.some((mark) => commandLine.includes(mark)) ? pid : undefined;
}

function pidIn(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, 'utf8').split('\n', 1)[0]);
    return Number.isInteger(pid) && pid > 1 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** Empty for a process that has ended. */
function commandLineOf(pid: number): string {
  try {
    if (existsSync('/proc/self/cmdline')) return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return execFileSync('ps', ['-p', String(pid), '-o', 'args='], { encoding: 'utf8', timeout: 5_000 });
  } catch {
    return '';
  }
}
