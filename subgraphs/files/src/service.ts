import { createIdentityHeaders } from '@terakoya/common/auth';
import { createDatabase } from '@terakoya/common/database';
import { createLoader, createSubgraphHost } from '@terakoya/common/graphql';
import { type Service, createService, every } from '@terakoya/common/lifecycle';
import { createLogger } from '@terakoya/common/logging';
import { createRelay } from '@terakoya/common/outbox';
import { createQueues } from '@terakoya/common/queue';
import { type DiskStorage, createObjectServer, createStorage } from '@terakoya/common/storage';
import { createEventLog } from '@terakoya/common/streams';

import { migrations } from '../migrations';
import type { FilesConfig } from './config';
import { createFileEvents } from './events';
import { FileEntity } from './file/file.entity';
import { FileService } from './file/file.service';
import { createFilesSchema } from './schema';

const SWEEP_MS = 10 * 60 * 1000;

/** Uploaded documents and the signed URLs to them. */
export function createFiles(config: FilesConfig): Service {
  const logger = createLogger('files', config.LOG_LEVEL);
  const events = createFileEvents(logger);
  const redis = { redisUrl: config.REDIS_URL, prefix: config.REDIS_PREFIX };
  return createService(async (opened) => {
    const database = opened(
      createDatabase({
        url: config.DATABASE_URL,
        schema: 'files',
        entities: [FileEntity],
        migrations,
        poolSize: config.DATABASE_POOL_SIZE,
      }),
    );
    await database.start();
    const storage = opened(createStorage(config));
    await storage.ready();
    if ('servedAt' in storage) await serveFolder(storage as DiskStorage, config, opened); // only a folder needs a server of ours
    const eventLog = opened(createEventLog(redis));
    const queues = opened(createQueues(redis));
    const relay = createRelay({
      databaseUrl: config.DATABASE_URL,
      schema: 'files',
      database,
      eventLog,
      queues,
      logger,
    });
    await opened(relay).start();
    const files = new FileService(database, storage, events, config.STORAGE_QUOTA_BYTES);
    opened(every(SWEEP_MS, logger, async () => events.abandonedRemoved(await files.removeAbandoned())));
    const host = createSubgraphHost({
      service: 'files',
      host: config.HOST,
      port: config.PORT,
      schema: createFilesSchema({ files, storage }).schema,
      identityHeaders: createIdentityHeaders(config.IDENTITY_SECRET),
      createContext: (viewer) => ({
        viewer,
        fileById: createLoader(
          (ids) => files.findMany(viewer, ids),
          (file) => file.id,
        ),
      }),
      readiness: { database: () => database.ready(), storage: () => storage.ready(), redis: () => eventLog.ready() },
      logger,
    });
    return opened(host).start();
  });
}

async function serveFolder(
  storage: DiskStorage,
  config: FilesConfig,
  opened: <R extends { close(): Promise<void> }>(resource: R) => R,
): Promise<void> {
  const server = createObjectServer({
    storage,
    host: config.HOST,
    port: config.FILE_STORAGE_PORT,
    origins: config.CORS_ORIGINS,
  });
  const { port } = await opened(server).start();
  if (config.FILE_STORAGE_PORT === 0) storage.servedAt(`http://localhost:${port}`);
}
