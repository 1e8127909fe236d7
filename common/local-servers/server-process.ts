import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';

import { ConfigurationError } from '../errors';

const START_MS = 60_000;
const STOP_MS = 10_000;

/** A server program that is a child of ours. */
export interface ServerProcess {
  readonly pid: number;
  /** Asks it to end and waits; by force after 10 s. */
  stop(signal: NodeJS.Signals): Promise<void>;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
}

/** Starts a server program and waits until a line it writes says that it is ready. */
export async function startServerProcess(
  name: string,
  command: string,
  args: readonly string[],
  options: SpawnOptions,
  isReady: (line: string) => boolean,
): Promise<ServerProcess> {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    const forced = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await exited;
    clearTimeout(forced);
  };
  try {
    await ready(name, child, isReady);
  } catch (error) {
    await end('SIGKILL');
    throw error;
  }
  return { pid: child.pid ?? 0, stop: end, kill: () => end('SIGKILL') };
}

function ready(name: string, child: ChildProcess, isReady: (line: string) => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    const fail = (why: string): void => {
      clearTimeout(timer);
      reject(
        new ConfigurationError(`${name} could not start: ${why} ${output.trim().split('\n').slice(-4).join(' | ')}`),
      );
    };
    const timer = setTimeout(() => fail(`it was not ready in ${START_MS / 1000} s.`), START_MS);
    const read = (chunk: Buffer): void => {
      output = (output + chunk.toString('utf8')).slice(-8_000);
      if (!output.split('\n').some(isReady)) return;
      clearTimeout(timer);
      resolve();
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code, signal) => fail(`it ended (${signal ?? code}).`));
  });
}
