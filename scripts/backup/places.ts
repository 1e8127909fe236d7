import { join, resolve } from 'node:path';

import { Secret, defineConfig, secret } from '@terakoya/common/config';
import type { Closable } from '@terakoya/common/lifecycle';
import { startRedis, usePostgres } from '@terakoya/common/local-servers';
import { redisShape } from '@terakoya/common/redis';
import { createStorage, storageShape } from '@terakoya/common/storage';

import { startConfig } from '../start/config';
import { loadSecrets } from '../start/secrets';
import { ROOT } from '../start/services';
import type { RestoreOptions } from './restore-backup';

/** What `npm run backup` and `npm run restore` read: the same variables as `npm start`. */
const config = defineConfig('backup', {
  ...startConfig.shape,
  ...storageShape,
  REDIS_PREFIX: redisShape.REDIS_PREFIX,
  DATABASE_ROLE_SECRET: secret(32).optional(),
});

export interface Places extends Omit<RestoreOptions, 'replace'> {
  readonly dataDirectory: string;
  /** The Redis of the school, started when it is embedded: a restore empties it. */
  readonly redis: () => Promise<{ readonly url: string; readonly prefix: string }>;
}

/** Where the school's data are: the servers that are named, or the embedded ones, running or not. */
export async function openPlaces(
  environment: Readonly<Record<string, string | undefined>>,
  opened: (resource: Closable) => void,
  report: (line: string) => void,
): Promise<Places> {
  const read = config.read(environment);
  const dataDirectory = resolve(ROOT, read.TERAKOYA_DATA);
  const secrets = loadSecrets(dataDirectory, environment);
  const databaseUrl = read.DATABASE_URL ?? (await embedded(dataDirectory, opened, report));
  const storage = createStorage({
    FILE_STORAGE_DIRECTORY: join(dataDirectory, 'files'),
    ...read,
    FILE_STORAGE_SECRET: new Secret(secrets.FILE_STORAGE_SECRET),
  });
  opened(storage);
  await storage.ready();
  return {
    dataDirectory,
    databaseUrl,
    storage,
    roleSecret: read.DATABASE_ROLE_SECRET?.reveal() ?? secrets.DATABASE_ROLE_SECRET,
    report,
    async redis() {
      if (read.REDIS_URL !== undefined) return { url: read.REDIS_URL, prefix: read.REDIS_PREFIX };
      const server = await startRedis({ dataDirectory: join(dataDirectory, 'redis'), port: 0, report });
      opened({ close: () => server.stop() });
      return { url: server.url, prefix: read.REDIS_PREFIX };
    },
  };
}

async function embedded(
  dataDirectory: string,
  opened: (resource: Closable) => void,
  report: (line: string) => void,
): Promise<string> {
  const server = await usePostgres({ dataDirectory: join(dataDirectory, 'postgres'), port: 0, report });
  opened({ close: () => server.stop() });
  return server.url;
}
