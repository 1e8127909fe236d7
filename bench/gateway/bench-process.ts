import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

import { TimedOutError } from '../../common/errors';
import { withTimeout } from '../../common/lifecycle';

export interface BenchProcessOptions {
  readonly name: string;
  /** Arguments of Node.js. */
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** The cores it may use, for taskset. */
  readonly cores: string | undefined;
}

/** Runs a TypeScript program of ours from source, as this process itself is run. */
export const FROM_SOURCE: readonly string[] = process.execArgv.filter((flag) => flag !== '--enable-source-maps');

const STOP_MS = 10_000;
const MOST_ERRORS = 2_000;

/** Nothing else of this shell's variables: peers have switches with names such as FORK and JIT. */
function inherited(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return { PATH, HOME, ...(TMPDIR === undefined ? {} : { TMPDIR }) };
}

/** A process in production mode on cores of its own; what it writes on standard error is told when it ends early. */
export class BenchProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  #errors = '';

  constructor(private readonly options: BenchProcessOptions) {
    const command = [process.execPath, ...options.args];
    const [program = '', ...args] = options.cores ? ['taskset', '-c', options.cores, ...command] : command;
    this.#child = spawn(program, args, {
      env: { ...inherited(), ...options.environment, NODE_ENV: 'production', APOLLO_TELEMETRY_DISABLED: 'true' },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#ended = once(this.#child, 'close');
    const endNow = (): void => void this.#child.kill('SIGKILL');
    process.once('exit', endNow);
    this.#child.once('close', () => process.off('exit', endNow));
    this.#child.stderr?.on('data', (chunk: Buffer) => {
      this.#errors = (this.#errors + chunk.toString('utf8')).slice(-MOST_ERRORS);
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** The next message it sends over IPC; throws when it ends before, or is silent for too long. */
  async message<T>(timeoutMs: number): Promise<T> {
    return this.orEnd(
      withTimeout(this.options.name, timeoutMs, async (signal) => {
        const [message] = (await once(this.#child, 'message', { signal })) as [T]; // our own programs agree on the shape
        return message;
      }),
    );
  }

  /** Sends it a message and waits for the next one it sends. */
  async ask<T>(question: object, timeoutMs: number): Promise<T> {
    const answer = this.message<T>(timeoutMs);
    this.#child.send(question);
    return answer;
  }

  /** Waits for something, or throws with what the process said when it ends before. */
  orEnd<T>(work: Promise<T>): Promise<T> {
    const ended = this.#ended.then(() => {
      const how = this.#child.signalCode ?? `exit code ${this.#child.exitCode}`;
      throw new Error(`${this.options.name} ended (${how}): ${this.#errors.trim()}`);
    });
    return Promise.race([work, ended]);
  }

  /** Asks it to end, and after 10 s ends it by force. */
  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGTERM');
    try {
      await withTimeout(this.options.name, STOP_MS, () => this.#ended);
    } catch (error) {
      if (!(error instanceof TimedOutError)) throw error;
      this.#child.kill('SIGKILL');
      await this.#ended;
    }
  }
}
