import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startPostgres, startRedis } from '../local-servers';
import { keepForTeardown } from './started-servers';

/**
 * One real PostgreSQL and one real Redis for a whole run of jest, on free ports; each test file makes its own database
 * in them. They end and take their data with them when jest ends, in whatever way.
 */
export default async function globalSetup(): Promise<void> {
  const report = (line: string): void => void process.stderr.write(`  ${line}\n`);
  const dataDirectory = mkdtempSync(join(tmpdir(), 'terakoya-test-'));
  chmodSync(dataDirectory, 0o755); // root's PostgreSQL runs as another user
  const [postgres, redis] = await Promise.allSettled([
    startPostgres({ dataDirectory, port: 0, isEphemeral: true, report }),
    startRedis({ port: 0, report }),
  ]);
  keepForTeardown([postgres, redis].flatMap((start) => (start.status === 'fulfilled' ? [start.value] : [])));
  // Jest runs no teardown after this; what did start ends with the process.
  if (postgres.status === 'rejected') rmSync(dataDirectory, { recursive: true, force: true });
  if (postgres.status === 'rejected') throw postgres.reason;
  if (redis.status === 'rejected') throw redis.reason;
  process.env.TERAKOYA_TEST_DATABASE_URL = postgres.value.url;
  process.env.TERAKOYA_TEST_REDIS_URL = redis.value.url;
}
