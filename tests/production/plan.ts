import { join } from 'node:path';

import { freePort } from '@terakoya/common/local-servers';

import { type ComposeService, SAMPLE, readCompose } from '../compose/compose-file';
import type { Backing } from './backing';
import type { ContainerSpec } from './container';

/** One service of ours, as `docker-compose.prod.yml` has it. */
interface OwnService {
  readonly name: string;
  readonly kind: string;
  readonly service: ComposeService;
}

export interface PlanOptions {
  readonly backing: Backing;
  readonly folders: ReadonlyMap<string, string>;
  /** Programs that images bring: Node.js and the mediasoup worker. */
  readonly programs: { readonly node: string; readonly mediasoupWorker: string };
  /** A folder that the services' user may write to, in the place of `/tmp` and volumes. */
  readonly scratch: string;
  readonly logs: string;
}

const ENTRYPOINT = ['--enable-source-maps', '--require', './dist/observability/preload.js'];
const JOB_ENTRYPOINT = ['--enable-source-maps'];

/** How each service of `docker-compose.prod.yml` is run on this machine, with its own environment and free ports. */
export class Plan {
  readonly #services: readonly OwnService[];
  readonly #ports = new Map<string, number>();

  private constructor(private readonly options: PlanOptions) {
    const compose = readCompose('docker-compose.prod.yml', { ...SAMPLE, MEDIASOUP_ANNOUNCED_IP: '127.0.0.1' });
    this.#services = Object.entries(compose.services).flatMap(([name, service]) => {
      const [, kind] = /^terakoya\/(\w+):/.exec(service.image ?? '') ?? [];
      return kind === undefined ? [] : [{ name, kind, service }];
    });
  }

  static async make(options: PlanOptions): Promise<Plan> {
    const plan = new Plan(options);
    for (const { name, service } of plan.#services) {
      if (service.restart !== 'no') plan.#ports.set(name, await freePort());
    }
    return plan;
  }

  /** Names of the services that stay up. */
  get services(): readonly string[] {
    return [...this.#ports.keys()];
  }

  urlOf(name: string): string {
    const port = this.#ports.get(name);
    if (port === undefined) throw new RangeError(`${name} is no service that stays up`);
    return `http://127.0.0.1:${port}`;
  }

  /** The environment of `environment:` and these variables, its addresses those of this machine. */
  spec(name: string, more: Readonly<Record<string, string>> = {}): ContainerSpec {
    const own = this.#services.find((service) => service.name === name);
    if (!own) throw new RangeError(`docker-compose.prod.yml has no service ${name} of ours`);
    const { programs, folders, logs } = this.options;
    const { command = [] } = own.service;
    const entrypoint = own.kind === 'app' ? [] : own.kind === 'jobs' ? JOB_ENTRYPOINT : ENTRYPOINT;
    const words = own.kind === 'app' ? ['web/server.js'] : command;
    return {
      name,
      command: programs.node,
      arguments: [...entrypoint, ...(Array.isArray(words) ? words : [words])],
      cwd: folders.get(own.kind) ?? '',
      environment: this.#environment(own, more),
      logFile: join(logs, `${name}.log`),
    };
  }

  #environment({ name, kind, service }: OwnService, more: Readonly<Record<string, string>>): Record<string, string> {
    const { programs, scratch } = this.options;
    const entries = Object.entries(service.environment).map(([key, value]) => [key, this.#here(value)] as const);
    const port = this.#ports.get(name);
    return {
      PATH: process.env['PATH'] ?? '',
      ...Object.fromEntries(entries),
      ...this.#storage(service),
      // Image and host have these; the collector is not part of this.
      TMPDIR: scratch,
      OTEL_EXPORTER_OTLP_ENDPOINT: '',
      ...(port !== undefined && { PORT: String(port) }),
      ...('HOST' in service.environment && { HOST: '127.0.0.1' }),
      ...(kind === 'app' && { NODE_ENV: 'production', HOSTNAME: '127.0.0.1' }),
      ...(kind === 'media' && {
        MEDIASOUP_WORKER_BIN: programs.mediasoupWorker,
        MEDIASOUP_LISTEN_IP: '127.0.0.1',
        MEDIASOUP_PORT: '0',
      }),
      ...more,
    };
  }

  #storage({ environment }: ComposeService): Record<string, string> {
    if (!('FILE_STORAGE_ENDPOINT' in environment)) return {};
    const { s3Endpoint } = this.options.backing;
    return { FILE_STORAGE_ENDPOINT: s3Endpoint, FILE_STORAGE_PUBLIC_ENDPOINT: s3Endpoint };
  }

  /** Secrets are in the folder of this run, and services at ports of this machine. */
  #here(value: string): string {
    const moved = value.replace('/run/secrets', this.options.backing.secrets);
    return moved.replaceAll(/\/\/([a-z-]+):\d+/g, (whole, host: string) => {
      const port = this.#ports.get(host);
      return port === undefined ? whole : `//127.0.0.1:${port}`;
    });
  }
}
