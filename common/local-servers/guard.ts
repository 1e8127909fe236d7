import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';

/**
 * Waits for its standard input to end, which the kernel does when our process ends in whatever way, `kill -9` included;
 * then ends the server and removes what is not to be kept. $1 process, $2 signal, the rest: folders.
 */
const SCRIPT = `
read -r _
pid=$1; signal=$2; shift 2
kill -s "$signal" "$pid" 2>/dev/null
turns=0
while kill -0 "$pid" 2>/dev/null && [ "$turns" -lt 100 ]; do sleep 0.1; turns=$((turns + 1)); done
kill -s KILL "$pid" 2>/dev/null
for folder in "$@"; do rm -rf -- "$folder"; done
`;

export interface Guard {
  /** The server has ended: there is nothing to guard any more. */
  dismiss(): void;
}

/**
 * Sees to it that a server does not outlive us. A small shell in a session of its own, which Ctrl-C in our terminal
 * does not reach.
 */
export function guardServer(pid: number, signal: 'INT' | 'TERM', remove: readonly string[]): Guard {
  const shell = spawn('/bin/sh', ['-c', SCRIPT, 'terakoya-guard', String(pid), signal, ...remove], {
    cwd: '/',
    env: { PATH: '/usr/bin:/bin' },
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  shell.on('error', () => undefined); // without a shell the server is not guarded, and works all the same
  const lifeline = shell.stdin as Socket; // what Node makes of a pipe
  lifeline.on('error', () => undefined);
  lifeline.unref();
  shell.unref();
  return {
    dismiss: () => {
      shell.kill('SIGKILL');
      lifeline.destroy();
    },
  };
}
