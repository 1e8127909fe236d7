import { type ChildProcess, spawn } from 'node:child_process';
import { type WriteStream, createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { ConfigurationError } from '@terakoya/common/errors';

export interface ProcessSpec {
  readonly name: string;
  readonly command: string;
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly logFile: string;
  /** Resolves with the port once the process can be used; it tells so itself over IPC when this is left out. */
  readonly waitUntilReady?: (signal: AbortSignal) => Promise<number>;
}

const START_MS = 60_000;
const STOP_MS = 17_000;
const STEADY_MS = 30_000;
const BACK_OFF_MS = [500, 1_000, 2_000, 5_000, 10_000];
const TAIL_LINES = 12;

/** A process of the school: started, watched, started again with back-off when it ends by itself, and stopped. */
export class ManagedProcess {
  #child: ChildProcess | undefined;
  #log: WriteStream | undefined;
  #exited: Promise<void> = Promise.resolve();
  #isStopping = false;
  #failures = 0;
  #port: number | undefined;
  #tail: string[] = [];
  readonly #stopping = new AbortController();

  constructor(
    private readonly spec: ProcessSpec,
    private readonly report: (line: string) => void,
  ) {}

  get name(): string {
    return this.spec.name;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Starts it and waits until it is ready; an end before that is an error with the last lines it wrote. */
  async start(): Promise<number> {
    mkdirSync(dirname(this.spec.logFile), { recursive: true });
    this.#log ??= createWriteStream(this.spec.logFile, { flags: 'a' });
    const port = await this.#launch();
    this.#port = port;
    this.#watch();
    return port;
  }

  /** Asks it to drain and end; ends it by force when that takes longer than 17 s. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#stopping.abort();
    const child = this.#child;
    if (child && child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      const forced = setTimeout(() => {
        this.report(`${this.name} did not drain in ${STOP_MS / 1000} s and is ended by force.`);
        child.kill('SIGKILL');
      }, STOP_MS);
      await this.#exited;
      clearTimeout(forced);
    }
    await new Promise<void>((resolve) => (this.#log ? this.#log.end(resolve) : resolve()));
  }

  async #launch(): Promise<number> {
    const { command, arguments: args, environment, waitUntilReady } = this.spec;
    const port = this.#port === undefined ? {} : { PORT: String(this.#port) };
    const child = spawn(command, args, {
      env: { ...environment, ...port },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#child = child;
    this.#tail = [];
    child.stdout?.on('data', (chunk: Buffer) => this.#log?.write(chunk));
    child.stderr?.on('data', (chunk: Buffer) => this.#keep(chunk));
    this.#exited = new Promise((resolve) => child.once('close', () => resolve()));
    const ended = this.#exited.then(() => Promise.reject(new ConfigurationError(this.#whyItEnded(child))));
    const bounded = AbortSignal.any([AbortSignal.timeout(START_MS), this.#stopping.signal]);
    return Promise.race([waitUntilReady ? waitUntilReady(bounded) : portByIpc(child, this.name, bounded), ended]);
  }

  #watch(): void {
    const startedAt = Date.now();
    void this.#exited.then(async () => {
      if (this.#isStopping) return;
      if (Date.now() - startedAt > STEADY_MS) this.#failures = 0;
      await this.#startAgain();
    });
  }

  async #startAgain(): Promise<void> {
    const wait = BACK_OFF_MS[Math.min(this.#failures, BACK_OFF_MS.length - 1)] ?? 0;
    this.#failures += 1;
    this.report(`${this.#whyItEnded(this.#child)} It is started again in ${wait / 1000} s.`);
    await delay(wait, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
    if (this.#isStopping) return;
    try {
      await this.#launch();
      this.report(`${this.name} is up again.`);
      this.#watch();
    } catch {
      if (!this.#isStopping) await this.#startAgain();
    }
  }

  #keep(chunk: Buffer): void {
    this.#log?.write(chunk);
    const lines = chunk
      .toString('utf8')
      .split('\n')
      .filter((line) => line.trim() !== '');
    this.#tail = [...this.#tail, ...lines].slice(-TAIL_LINES);
  }

  #whyItEnded(child: ChildProcess | undefined): string {
    const how = child?.signalCode ? `signal ${child.signalCode}` : `exit code ${child?.exitCode ?? '?'}`;
    const said = this.#tail.length > 0 ? ` It said: ${this.#tail.join('\n  ')}` : '';
    return `${this.name} ended (${how}; log: ${this.spec.logFile}).${said}`;
  }
}

function portByIpc(child: ChildProcess, name: string, signal: AbortSignal): Promise<number> {
  return new Promise((resolve, reject) => {
    child.on('message', (message: { ready?: boolean; port?: number }) => {
      if (message.ready && message.port !== undefined) resolve(message.port);
    });
    signal.addEventListener(
      'abort',
      () => reject(new ConfigurationError(`${name} was not ready in ${START_MS / 1000} s.`)),
      {
        once: true,
      },
    );
  });
}
