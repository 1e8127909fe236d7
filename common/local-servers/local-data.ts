import { existsSync, realpathSync, rmSync } from 'node:fs';

import { alreadyRuns, runningServer } from './earlier-server';
import { postgresRecord } from './postgres';
import { clusterPath } from './postgres-cluster';
import { redisRecord } from './redis';

/**
 * Removes the data of a PostgreSQL and a Redis, also a cluster that lies elsewhere. Throws ConfigurationError, and
 * removes nothing, while one of them runs.
 */
export function removeLocalData(folders: { readonly postgres: string; readonly redis: string }): void {
  for (const record of [postgresRecord(folders.postgres), redisRecord(folders.redis)]) {
    const pid = runningServer(record);
    if (pid !== undefined) throw alreadyRuns(record, pid);
  }
  const cluster = clusterPath(folders.postgres);
  const real = existsSync(cluster) ? [realpathSync(cluster)] : [];
  for (const folder of [...real, folders.postgres, folders.redis]) {
    rmSync(folder, { recursive: true, force: true });
  }
}
