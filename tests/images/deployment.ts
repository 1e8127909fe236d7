import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { runCommand } from '@terakoya/common/system-tools';

import { secretFiles } from '../../scripts/operations/secrets/secret-files';
import { ROOT } from '../../scripts/start/services';
import type { ComposeProgram } from '../compose/compose-program';

const PROJECT = 'terakoya-verify';
const TAG = 'verify';
const BUILD_MS = 3_600_000;
const UP_MS = 900_000;

export const SCHOOL = 'localhost';
export const FILES = 'files.localhost';

/** `docker-compose.prod.yml` on this machine, under a project name of its own, with secrets made for it. */
export class Deployment {
  readonly #environment: Record<string, string>;

  constructor(
    private readonly compose: ComposeProgram,
    private readonly folder: string,
    private readonly report: (line: string) => void,
  ) {
    const secrets = join(folder, 'secrets');
    mkdirSync(secrets);
    for (const [name, value] of Object.entries(secretFiles({}))) {
      writeFileSync(join(secrets, name), value, { mode: 0o444 });
    }
    this.#environment = {
      IMAGE_TAG: TAG,
      SECRETS_DIR: secrets,
      SCHOOL_DOMAIN: SCHOOL,
      FILES_DOMAIN: FILES,
      EDGE_ADDRESS: '127.0.0.1',
      MEDIASOUP_ANNOUNCED_IP: '127.0.0.1',
      COMPOSE_PROFILES: 'minio,watch',
    };
  }

  async build(): Promise<void> {
    await this.run(['build'], BUILD_MS);
  }

  /** Starts what is not running, and resolves when all of it is healthy. */
  async up(): Promise<void> {
    await this.run(['up', '-d', '--wait', '--no-build'], UP_MS);
  }

  /** Names of the services that are running. */
  async running(): Promise<string[]> {
    const text = await this.run(['ps', '--services', '--status', 'running']);
    return text.split('\n').filter((name) => name !== '');
  }

  async kill(service: string): Promise<void> {
    await this.run(['kill', '--signal', 'SIGKILL', service]);
  }

  /** Makes an account by the job of that name. */
  async makeAccount(variables: Readonly<Record<string, string>>): Promise<void> {
    const given = Object.entries(variables).flatMap(([name, value]) => ['-e', `${name}=${value}`]);
    await this.run(['--profile', 'jobs', 'run', '--rm', '--no-deps', ...given, 'account'], UP_MS);
  }

  /** The certificate of the authority that has signed the edge's own. */
  async authority(): Promise<string> {
    const file = join(this.folder, 'authority.crt');
    await this.run(['cp', 'caddy:/data/caddy/pki/authorities/local/root.crt', file]);
    return file;
  }

  /** Megabytes of each image, by kind. */
  async sizes(kinds: readonly string[]): Promise<Record<string, number>> {
    const sizes: Record<string, number> = {};
    for (const kind of kinds) {
      const bytes = await runCommand('docker', [
        'image',
        'inspect',
        '--format',
        '{{.Size}}',
        `terakoya/${kind}:${TAG}`,
      ]);
      sizes[kind] = Math.round(Number(bytes) / 1_000_000);
    }
    return sizes;
  }

  /** Removes containers, networks and volumes. */
  async down(): Promise<void> {
    await this.run(['--profile', '*', 'down', '--volumes', '--timeout', '60'], UP_MS);
  }

  private async run(args: readonly string[], timeoutMs = 120_000): Promise<string> {
    const [command, ...first] = this.compose;
    const file = ['-f', join(ROOT, 'docker-compose.prod.yml'), '-p', PROJECT, '--env-file', '/dev/null'];
    this.report(`compose ${args.slice(0, 2).join(' ')} …`);
    return runCommand(command, [...first, ...file, ...args], { cwd: ROOT, env: this.#environment, timeoutMs });
  }
}
