import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { messageOf } from '@terakoya/common/errors';
import { type Closable, closeInReverse, poll } from '@terakoya/common/lifecycle';
import { freePort } from '@terakoya/common/local-servers';
import { PreparedTool } from '@terakoya/common/system-tools';

import { startBacking } from './backing';
import { type StartConfig, startConfig } from './config';
import { type EnvironmentInput, environmentOf } from './environment';
import { MediaWorker } from './media-worker';
import { ManagedProcess, type ProcessSpec } from './managed-process';
import { requireFreePorts } from './ports';
import { loadSecrets } from './secrets';
import { ENTRIES, ROOT, SERVICES, type ServiceName, serviceProcess } from './services';

export interface SchoolOptions {
  /** The environment to read the configuration from, `.env` included. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Services that are not wanted, such as the web app in a test of the graph. */
  readonly without?: readonly ServiceName[];
  readonly report: (line: string) => void;
}

/** The whole school on this machine: every service as a process of its own, on embedded or named servers. */
export class School {
  readonly #config: StartConfig;
  readonly #services: readonly ServiceName[];
  readonly #opened: Closable[] = [];
  readonly #processes = new Map<ServiceName, ManagedProcess>();
  readonly #ports = new Map<ServiceName, PromiseWithResolvers<number>>();
  #closing: Promise<void> | undefined;
  readonly #mediaWorker: MediaWorker;
  readonly #ffmpeg: PreparedTool;
  #input: EnvironmentInput | undefined;
  readonly #more: ManagedProcess[] = [];
  #redisUrl = '';

  constructor(private readonly options: SchoolOptions) {
    this.#config = startConfig.read(options.environment);
    const unwanted = [...(options.without ?? []), ...(this.#config.PROBE ? [] : ['probe'])];
    this.#services = SERVICES.filter((name) => !unwanted.includes(name));
    for (const name of SERVICES) this.#ports.set(name, Promise.withResolvers());
    this.#mediaWorker = new MediaWorker(options.environment, options.report);
    this.#ffmpeg = new PreparedTool('ffmpeg', { purpose: 'Recording', report: options.report });
  }

  get dataDirectory(): string {
    return resolve(ROOT, this.#config.TERAKOYA_DATA);
  }

  get redisUrl(): string {
    return this.#redisUrl;
  }

  /** The base URL of a service, once its port is known. */
  async urlOf(service: ServiceName): Promise<string> {
    return `http://127.0.0.1:${await this.#portOf(service).promise}`;
  }

  /** The process of a service; throws when the school runs without it. */
  process(service: ServiceName): ManagedProcess {
    const found = this.#processes.get(service);
    if (!found) throw new RangeError(`The school runs without ${service}.`);
    return found;
  }

  /** Starts one more media node on a free port, as a school with more than one machine has them. */
  async startMediaNode(): Promise<{ readonly url: string; readonly process: ManagedProcess }> {
    if (!this.#input) throw new RangeError('The school has not been started.');
    const environment = { ...(await this.#environmentOf('media', this.#input)), PORT: '0' };
    const name = `media-${this.#more.length + 2}`;
    const logFile = join(this.dataDirectory, 'logs', `${name}.log`);
    const managed = new ManagedProcess({ ...serviceProcess('media', environment, logFile), name }, this.options.report);
    this.#more.push(managed);
    return { url: `http://127.0.0.1:${await managed.start()}`, process: managed };
  }

  /** Starts everything; when one part cannot start, the rest is closed and its error thrown. */
  async start(): Promise<void> {
    try {
      await this.#start();
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** Lets every service drain, then stops the servers beneath them. Closing twice is closing once. */
  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  async #start(): Promise<void> {
    const { environment, report } = this.options;
    await requireFreePorts(this.#config, this.#services);
    await this.#announceFixedPorts();
    mkdirSync(this.dataDirectory, { recursive: true });
    const secrets = loadSecrets(this.dataDirectory, environment);
    const began = Date.now();
    const opened = (resource: Closable): void => void this.#opened.push(resource);
    const backing = await startBacking(this.#config, secrets, this.dataDirectory, opened, report);
    this.#redisUrl = backing.redisUrl;
    report(`database and Redis are ready (${seconds(began)})`);
    const input = {
      config: this.#config,
      secrets,
      backing,
      inherited: environment,
      urlOf: (name: ServiceName) => this.urlOf(name),
    };
    this.#input = input;
    if (this.#services.includes('media')) this.#ffmpeg.prepare(); // classes can be recorded once it is there
    const isWaiting = this.#services.includes('media') && !(await this.#mediaWorker.isThere());
    if (isWaiting) void this.#startLater('media', input);
    const now = this.#services.filter((name) => name !== 'media' || !isWaiting);
    await Promise.all(now.map((name) => this.#startService(name, input)));
  }

  /** Video classes must not keep the rest of the school waiting for minutes. */
  async #startLater(name: ServiceName, input: EnvironmentInput): Promise<void> {
    await this.#startService(name, input).catch((error: unknown) => {
      if (!this.#closing) this.options.report(`${name} could not be started: ${messageOf(error)}`);
    });
  }

  async #startService(name: ServiceName, input: EnvironmentInput): Promise<void> {
    const began = Date.now();
    const environment = await this.#environmentOf(name, input);
    if (this.#closing) return;
    const managed = new ManagedProcess(await this.#specOf(name, environment), this.options.report);
    this.#processes.set(name, managed);
    this.#portOf(name).resolve(await managed.start());
    this.options.report(`${name} is ready (${seconds(began)})`);
  }

  async #environmentOf(name: ServiceName, input: EnvironmentInput): Promise<Record<string, string>> {
    const environment = await environmentOf(name, input);
    return name === 'media' ? { ...environment, MEDIASOUP_WORKER_BIN: await this.#mediaWorker.require() } : environment;
  }

  async #specOf(name: ServiceName, environment: Readonly<Record<string, string>>): Promise<ProcessSpec> {
    const logFile = join(this.dataDirectory, 'logs', `${name}.log`);
    if (name !== 'app') return serviceProcess(name, environment, logFile);
    const port = await this.#portOf('app').promise;
    return {
      name,
      command: process.execPath,
      arguments: [join(ROOT, ENTRIES.app.main), 'dev', join(ROOT, 'web'), '--port', String(port)],
      environment,
      logFile,
      waitUntilReady: (signal) =>
        poll('the web app', { timeoutMs: 60_000, everyMs: 150, signal }, () => answering(port)),
    };
  }

  /** A service whose port is given can be addressed before it is up, so that all start at the same time. */
  async #announceFixedPorts(): Promise<void> {
    for (const name of SERVICES) {
      const port = Number(this.#config[ENTRIES[name].port]);
      if (port !== 0) this.#portOf(name).resolve(port);
      else if (name === 'app') this.#portOf(name).resolve(await freePort());
    }
  }

  #portOf(name: ServiceName): PromiseWithResolvers<number> {
    const found = this.#ports.get(name);
    if (!found) throw new RangeError(`There is no service ${name}.`);
    return found;
  }

  async #close(): Promise<void> {
    await this.#mediaWorker.close();
    await this.#ffmpeg.close();
    await Promise.all([...this.#processes.values(), ...this.#more].map((managed) => managed.stop()));
    await closeInReverse(this.#opened);
  }
}

async function answering(port: number): Promise<number | undefined> {
  try {
    const response = await fetch(`http://localhost:${port}/`, { signal: AbortSignal.timeout(30_000) });
    await response.arrayBuffer();
    return response.ok ? port : undefined;
  } catch {
    return undefined;
  }
}

function seconds(since: number): string {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}
