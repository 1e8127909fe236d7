import { createIdentityHeaders } from '@terakoya/common/auth';
import { createDatabase } from '@terakoya/common/database';
import { createListLoaders, createLoader, createSubgraphHost } from '@terakoya/common/graphql';
import { type Service, createService } from '@terakoya/common/lifecycle';
import { createLogger } from '@terakoya/common/logging';
import { createRelay } from '@terakoya/common/outbox';
import { createQueues } from '@terakoya/common/queue';
import { createEventLog } from '@terakoya/common/streams';

import { migrations } from '../migrations';
import { ClassEntity, MemberEntity } from './class/class.entity';
import { ClassService } from './class/class.service';
import type { ClassesConfig } from './config';
import { createClassEvents } from './events';
import { createClassesSchema } from './schema';

const SCHEMA = 'classes';

/** Classes, their members and invitations. */
export function createClasses(config: ClassesConfig): Service {
  const logger = createLogger(SCHEMA, config.LOG_LEVEL);
  const redis = { redisUrl: config.REDIS_URL, prefix: config.REDIS_PREFIX };
  return createService(async (opened) => {
    const database = opened(
      createDatabase({
        url: config.DATABASE_URL,
        schema: SCHEMA,
        entities: [ClassEntity, MemberEntity],
        migrations,
        poolSize: config.DATABASE_POOL_SIZE,
      }),
    );
    await database.start();
    const eventLog = opened(createEventLog(redis));
    const queues = opened(createQueues(redis));
    const { DATABASE_URL: databaseUrl } = config;
    await opened(createRelay({ databaseUrl, schema: SCHEMA, database, eventLog, queues, logger })).start();
    const classes = new ClassService(database, createClassEvents(logger));
    const host = createSubgraphHost({
      service: SCHEMA,
      host: config.HOST,
      port: config.PORT,
      schema: createClassesSchema({ classes }).schema,
      identityHeaders: createIdentityHeaders(config.IDENTITY_SECRET),
      createContext: (viewer) => ({
        viewer,
        classById: createLoader(
          (ids) => classes.findMany(viewer, ids),
          ({ row }) => row.id,
        ),
        membersOf: createListLoaders((ids, args) => classes.listMembers(ids, args)),
      }),
      readiness: { database: () => database.ready(), redis: () => eventLog.ready() },
      logger,
    });
    return opened(host).start();
  });
}
