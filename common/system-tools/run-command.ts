import { spawn } from 'node:child_process';

import { toolEnvironment } from './config';

const TIMEOUT_MS = 600_000;
const GRACE_MS = 5_000;

export interface CommandOptions {
  readonly cwd?: string;
  /** Variables added to those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** The user it runs as. */
  readonly ids?: { readonly uid?: number; readonly gid?: number };
  readonly signal?: AbortSignal;
  /** How long it may take; 10 minutes without it. */
  readonly timeoutMs?: number;
  /** Hears what it writes, as it comes. */
  readonly onOutput?: (text: string) => void;
}

/**
 * Runs a program to its end and gives what it wrote to its standard output. At most `timeoutMs`, or until the signal:
 * then it is asked to end, and ended by force 5 s later. A failure carries the last lines it wrote.
 */
export function runCommand(command: string, args: readonly string[], options: CommandOptions = {}): Promise<string> {
  const { signal } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...toolEnvironment(), ...options.env },
      ...options.ids,
      // A process group of its own, so that what it started itself can be ended with it.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output: Buffer[] = [];
    let lastWords = '';
    const keep = (chunk: Buffer): void => {
      lastWords = (lastWords + chunk.toString('utf8')).slice(-2_000);
      options.onOutput?.(chunk.toString('utf8'));
    };
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk) && keep(chunk));
    child.stderr.on('data', keep);

    let forced: NodeJS.Timeout | undefined;
    const end = (): void => {
      killGroup(child.pid, 'SIGTERM');
      forced = setTimeout(() => killGroup(child.pid, 'SIGKILL'), GRACE_MS);
    };
    const timer = setTimeout(end, options.timeoutMs ?? TIMEOUT_MS);
    signal?.addEventListener('abort', end, { once: true });
    const done = (): void => {
      clearTimeout(timer);
      clearTimeout(forced);
      signal?.removeEventListener('abort', end);
    };
    child.once('error', (error) => (done(), reject(error)));
    child.once('close', (code, killedBy) => {
      done();
      if (code === 0) resolve(Buffer.concat(output).toString('utf8'));
      else reject(new Error(`${command} ${args[0] ?? ''} failed (${code ?? killedBy}): ${lastLines(lastWords)}`));
    });
    if (signal?.aborted) end();
  });
}

function killGroup(leader: number | undefined, signal: NodeJS.Signals): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, signal);
  } catch {
    // It has ended already.
  }
}

function lastLines(output: string): string {
  return output.trim().split('\n').slice(-3).join(' ');
}
