import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Closable } from '@terakoya/common/lifecycle';
import { startPostgres, startRedis } from '@terakoya/common/local-servers';
import { requireTool } from '@terakoya/common/system-tools';

import { startSwift } from '../../common/storage/tests/swift-server';
import { secretFiles } from '../../scripts/operations/secrets/secret-files';

/** Where the school's data are kept. */
export interface Backing {
  /** A folder with the files of all secrets, as `npm run secrets` makes them. */
  readonly secrets: string;
  readonly s3Endpoint: string;
}

/** A real PostgreSQL, Redis and S3 server (OpenStack Swift), and secrets that lead to them. */
export async function startBacking(
  folder: string,
  opened: (resource: Closable) => void,
  report: (line: string) => void,
): Promise<Backing> {
  const database = await startPostgres({ dataDirectory: join(folder, 'postgres'), port: 0, report });
  opened({ close: () => database.stop() });
  const redis = await startRedis({ dataDirectory: join(folder, 'redis'), port: 0, report });
  opened({ close: () => redis.stop() });
  const { command } = await requireTool('swift', { report });
  const s3 = await startSwift(command);
  opened({ close: () => s3.stop() });
  const secrets = join(folder, 'secrets');
  writeSecrets(secrets, {
    database_url: database.url,
    redis_url: redis.url,
    minio_access_key: s3.accessKey,
    minio_secret_key: s3.secretKey,
  });
  return { secrets, s3Endpoint: s3.endpoint };
}

function writeSecrets(folder: string, kept: Readonly<Record<string, string>>): void {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o755);
  for (const [name, value] of Object.entries(secretFiles(kept))) {
    writeFileSync(join(folder, name), value, { mode: 0o444 });
  }
}
