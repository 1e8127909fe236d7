import { join } from 'node:path';

import {
  type TestDatabase,
  createTestDatabase,
  createTestRedis,
  temporaryFolder,
  testIdentity,
} from '@terakoya/common/testkit';

import { type Connection, prepareRoles } from './job-owner';

const STORAGE_SECRET = 'storage-secret-for-tests-of-32-chars';

/** What a worker's test file has of its own: a database, keys in Redis, a folder of files. */
export interface WorkerEnvironment {
  readonly database: TestDatabase;
  readonly connection: Connection;
  readonly folder: string;
  /** The variables every worker reads, port 0. */
  readonly variables: Readonly<Record<string, string>>;
  remove(): Promise<void>;
}

export async function createWorkerEnvironment(): Promise<WorkerEnvironment> {
  const database = await createTestDatabase();
  await prepareRoles(database.url);
  const connection = createTestRedis();
  const folder = temporaryFolder();
  return {
    database,
    connection,
    folder: folder.path,
    variables: {
      PORT: '0',
      LOG_LEVEL: 'silent',
      REDIS_URL: connection.redisUrl,
      REDIS_PREFIX: connection.prefix,
      FILE_STORAGE_DIRECTORY: join(folder.path, 'files'),
      FILE_STORAGE_SECRET: STORAGE_SECRET,
      IDENTITY_SECRET: testIdentity.secret,
    },
    async remove() {
      folder.remove();
      await database.drop();
    },
  };
}
