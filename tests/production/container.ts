import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, readFileSync } from 'node:fs';

import { type Closable, poll } from '@terakoya/common/lifecycle';

/** The user `node` of the base image. */
const USER = 1_000;
const START_MS = 90_000;
const STOP_MS = 60_000;

export interface ContainerSpec {
  readonly name: string;
  readonly command: string;
  readonly arguments: readonly string[];
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly logFile: string;
}

/** What a container would run, run without one: as a user who owns nothing, from a folder nobody may write to. */
export class Container implements Closable {
  readonly #child: ChildProcess;
  readonly #exited: Promise<number>;
  exitCode: number | undefined;

  constructor(private readonly spec: ContainerSpec) {
    const log = createWriteStream(spec.logFile);
    this.#child = spawn(spec.command, spec.arguments, {
      cwd: spec.cwd,
      env: spec.environment,
      uid: USER,
      gid: USER,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child.stdout?.pipe(log, { end: false });
    this.#child.stderr?.pipe(log, { end: false });
    this.#exited = new Promise((resolve) => {
      this.#child.once('error', () => resolve(-1));
      this.#child.once('close', (code) => resolve(code ?? -1));
    });
    void this.#exited.then((code) => {
      this.exitCode = code;
      log.end();
    });
  }

  get name(): string {
    return this.spec.name;
  }

  /** Resolves once it answers 2xx at this URL. */
  async answers(url: string): Promise<void> {
    await poll(`${this.name} (log: ${this.spec.logFile})`, { timeoutMs: START_MS, everyMs: 250 }, async () => {
      if (this.exitCode !== undefined) throw new Error(`${this.name} ended (${this.exitCode}): ${this.lastWords()}`);
      const response = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
      await response?.arrayBuffer().catch(() => undefined);
      return response?.ok === true ? true : undefined;
    });
  }

  /** Resolves when it has ended by itself; throws when it failed. */
  async ends(): Promise<void> {
    const code = await this.#exited;
    if (code !== 0) throw new Error(`${this.name} failed (${code}): ${this.lastWords()}`);
  }

  /** Asks it to drain; ends it by force after a minute, which counts as a failure. */
  async close(): Promise<void> {
    if (this.exitCode !== undefined) return;
    this.#child.kill('SIGTERM');
    const forced = setTimeout(() => this.#child.kill('SIGKILL'), STOP_MS);
    await this.#exited;
    clearTimeout(forced);
  }

  private lastWords(): string {
    return readFileSync(this.spec.logFile, 'utf8').trim().split('\n').slice(-8).join('\n  ');
  }
}
