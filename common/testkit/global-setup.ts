import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { chmodSync } from 'node:fs';

import { startPostgres, startRedis } from '../local-servers';

/** One real PostgreSQL and one real Redis for a whole run of jest; each test file makes its own database in them. */
export default async function globalSetup(): Promise<void> {
  const report = (line: string): void => void process.stderr.write(`  ${line}\n`);
  const dataDirectory = mkdtempSync(join(tmpdir(), 'terakoya-test-'));
  chmodSync(dataDirectory, 0o755);
  const [postgres, redis] = await Promise.all([
    startPostgres({ dataDirectory, port: 0, isEphemeral: true, report }),
    startRedis({ port: 0, report }),
  ]);
  process.env.TERAKOYA_TEST_DATABASE_URL = postgres.url;
  process.env.TERAKOYA_TEST_REDIS_URL = redis.url;
  Object.assign(globalThis, { terakoyaTestServers: [postgres, redis] });
}
