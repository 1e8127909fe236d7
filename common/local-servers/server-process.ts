import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';

import { guardServer } from './guard';
import { ServerStartError } from './server-start-error';

const START_MS = 60_000;
const STOP_MS = 10_000;
const KEPT_OUTPUT = 8_000;

export interface ServerProgram {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** The user it runs as. */
  readonly ids?: { readonly uid?: number; readonly gid?: number };
  /** What it reads from its standard input. */
  readonly input?: string;
  /** A line it writes when it takes connections. */
  readonly readyLine: string;
  /** The signal that ends it in order. */
  readonly stopSignal: 'INT' | 'TERM';
  /** Folders that are removed once it has ended; not when it could not start. */
  readonly remove: readonly string[];
  /** Told when it ends without having been asked. */
  readonly report: (line: string) => void;
}

/** A server program that is a child of ours and ends with us, also when we are killed. */
export interface ServerProcess {
  /** Asks it to end and waits; by force after 10 s. */
  readonly stop: () => Promise<void>;
  /** Ends it at once, as a crash would. */
  readonly kill: () => Promise<void>;
}

/** Starts a server program and waits until it is ready, at most 60 s. Throws ServerStartError. */
export async function startServerProcess(program: ServerProgram): Promise<ServerProcess> {
  const child = spawn(program.command, program.args, {
    // Not ours: it may lie where the server's user cannot go.
    cwd: '/',
    env: program.env,
    ...program.ids,
    stdio: [program.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
  const output = keepOutput(child);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => child.pid === undefined && resolve());
  });
  const guard = child.pid === undefined ? undefined : guardServer(child.pid, program.stopSignal, program.remove);
  let isReady = false;
  const cleared = ended.then(() => {
    guard?.dismiss();
    if (!isReady) return;
    for (const folder of program.remove) rmSync(folder, { recursive: true, force: true });
  });
  let isAsked = false;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    isAsked = true;
    child.kill(signal);
    const forced = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await cleared;
    clearTimeout(forced);
  };
  child.stdin?.on('error', () => undefined); // it ended before it read; `ready` says why
  child.stdin?.end(program.input);
  try {
    await ready(program, child, output);
    isReady = true;
  } catch (error) {
    await end('SIGKILL');
    throw error;
  }
  child.once('exit', (code, signal) => {
    if (!isAsked) program.report(`${program.name} ended by itself (${signal ?? code}): ${lastLine(output.text)}`);
  });
  return { stop: () => end(`SIG${program.stopSignal}`), kill: () => end('SIGKILL') };
}

interface Output {
  /** The last 8,000 characters it wrote. */
  text: string;
}

function keepOutput(child: ChildProcess): Output {
  const output = { text: '' };
  const keep = (chunk: Buffer): void => void (output.text = (output.text + chunk.toString()).slice(-KEPT_OUTPUT));
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  return output;
}

function ready(program: ServerProgram, child: ChildProcess, output: Output): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => {
      settle();
      reject(new ServerStartError(program.name, why, output.text));
    };
    const look = (): void => {
      if (!output.text.includes(program.readyLine)) return;
      settle();
      resolve();
    };
    const failed = (error: Error): void => fail(error.message);
    // `close` and not `exit`: its last words must have been read.
    const closed = (code: number | null, signal: NodeJS.Signals | null): void => fail(`it ended (${signal ?? code}).`);
    const timer = setTimeout(() => fail(`it was not ready in ${START_MS / 1000} s.`), START_MS);
    const settle = (): void => {
      clearTimeout(timer);
      for (const stream of [child.stdout, child.stderr]) stream?.off('data', look);
      child.off('error', failed).off('close', closed);
    };
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', look);
    child.once('error', failed).once('close', closed);
  });
}

function lastLine(output: string): string {
  return output.trim().split('\n').at(-1) ?? '';
}
