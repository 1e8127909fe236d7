import { createIdentityHeaders } from '@terakoya/common/auth';
import { createDatabase } from '@terakoya/common/database';
import { createLoader, createSubgraphHost } from '@terakoya/common/graphql';
import { type Service, createService } from '@terakoya/common/lifecycle';
import { type Logger, createLogger } from '@terakoya/common/logging';
import { createRelay } from '@terakoya/common/outbox';
import { createOutcomeConsumer, createQueues } from '@terakoya/common/queue';
import { consumeEvents, createEventLog } from '@terakoya/common/streams';

import { migrations } from '../migrations';
import type { AssistantConfig } from './config';
import { createAssistantEvents } from './events';
import { notebookEventHandlers } from './notebook-events';
import { createAssistantSchema } from './schema';
import { SummaryEntity } from './summary/summary.entity';
import { SummaryService } from './summary/summary.service';

const SCHEMA = 'assistant';

/** Summaries and key words of notebooks. */
export function createAssistant(config: AssistantConfig, overrides: { readonly logger?: Logger } = {}): Service {
  const logger = overrides.logger ?? createLogger('assistant', config.LOG_LEVEL);
  const redis = { redisUrl: config.REDIS_URL, prefix: config.REDIS_PREFIX };
  return createService(async (opened) => {
    const database = opened(
      createDatabase({
        url: config.DATABASE_URL,
        schema: SCHEMA,
        entities: [SummaryEntity],
        migrations,
        poolSize: config.DATABASE_POOL_SIZE,
      }),
    );
    await database.start();
    const eventLog = opened(createEventLog(redis));
    const queues = opened(createQueues(redis));
    const summaries = new SummaryService(database, createAssistantEvents(logger));

    const { DATABASE_URL: databaseUrl } = config;
    await opened(createRelay({ databaseUrl, schema: SCHEMA, database, eventLog, queues, logger })).start();
    const handlers = summaries.outcomeHandlers();
    await opened(createOutcomeConsumer({ ...redis, owner: 'assistant', database, handlers, logger })).start();
    const told = notebookEventHandlers(database, summaries);
    opened(consumeEvents({ log: eventLog, group: SCHEMA, handlers: told, logger }));

    const host = createSubgraphHost({
      service: SCHEMA,
      host: config.HOST,
      port: config.PORT,
      schema: createAssistantSchema({ summaries }).schema,
      identityHeaders: createIdentityHeaders(config.IDENTITY_SECRET),
      createContext: (viewer) => ({
        viewer,
        summaries: createLoader(
          (ids) => summaries.findMany(viewer, ids),
          ({ notebookId }) => notebookId,
        ),
      }),
      readiness: { database: () => database.ready(), redis: () => eventLog.ready() },
      logger,
    });
    return opened(host).start();
  });
}
