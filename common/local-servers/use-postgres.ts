import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { runningServer } from './earlier-server';
import { keptPassword } from './kept-password';
import { type LocalPostgres, type PostgresOptions, postgresRecord, startPostgres } from './postgres';
import { SUPERUSER, clusterPath } from './postgres-cluster';

/** The line of `postmaster.pid` that has the port, counted from zero. */
const PORT_LINE = 3;

/** The PostgreSQL on the data of a folder: the one that runs, which is left running, or one started for the while. */
export async function usePostgres(options: PostgresOptions): Promise<Pick<LocalPostgres, 'url' | 'stop'>> {
  if (runningServer(postgresRecord(options.dataDirectory)) === undefined) return startPostgres(options);
  const lines = readFileSync(join(clusterPath(options.dataDirectory), 'postmaster.pid'), 'utf8').split('\n');
  const url = `postgres://${SUPERUSER}:${keptPassword(options.dataDirectory)}@127.0.0.1:${lines[PORT_LINE] ?? ''}/postgres`;
  return { url, stop: () => Promise.resolve() };
}
