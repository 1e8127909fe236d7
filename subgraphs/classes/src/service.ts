import { createIdentityHeaders } from '@terakoya/common/auth';
import { createDatabase } from '@terakoya/common/database';
import { createListLoaders, createLoader, createSubgraphHost } from '@terakoya/common/graphql';
import { type Service, createService } from '@terakoya/common/lifecycle';
import { createLogger } from '@terakoya/common/logging';

import { migrations } from '../migrations';
import { ClassEntity, MemberEntity } from './class/class.entity';
import { ClassService } from './class/class.service';
import type { ClassesConfig } from './config';
import { createClassEvents } from './events';
import { createClassesSchema } from './schema';

/** Classes, their members and invitations. */
export function createClasses(config: ClassesConfig): Service {
  const logger = createLogger('classes', config.LOG_LEVEL);
  return createService(async (opened) => {
    const database = opened(
      createDatabase({
        url: config.DATABASE_URL,
        schema: 'classes',
        entities: [ClassEntity, MemberEntity],
        migrations,
        poolSize: config.DATABASE_POOL_SIZE,
      }),
    );
    await database.start();
    const classes = new ClassService(database, createClassEvents(logger));
    const host = createSubgraphHost({
      service: 'classes',
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
      readiness: { database: () => database.ready() },
      logger,
    });
    return opened(host).start();
  });
}
