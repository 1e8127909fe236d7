import { createIdentityHeaders } from '@terakoya/common/auth';
import { importCompleted, notebookDeleted, pageRead, summariseNotebook } from '@terakoya/common/contracts';
import { type Database, type EntityManager, createDatabase } from '@terakoya/common/database';
import { createLoader, createSubgraphHost } from '@terakoya/common/graphql';
import { type Service, createService } from '@terakoya/common/lifecycle';
import { createLogger } from '@terakoya/common/logging';
import { consumeOnce, createRelay } from '@terakoya/common/outbox';
import { applyOutcome, createOutcomeConsumer, createQueues } from '@terakoya/common/queue';
import { type EventHandler, consumeEvents, createEventLog, onEvent } from '@terakoya/common/streams';

import { migrations } from '../migrations';
import type { AssistantConfig } from './config';
import { createAssistantEvents } from './events';
import { createAssistantSchema } from './schema';
import { PageTextEntity, SummaryEntity } from './summary/summary.entity';
import { SummaryService } from './summary/summary.service';

/** Summaries and key words of notebooks. */
export function createAssistant(config: AssistantConfig): Service {
  const logger = createLogger('assistant', config.LOG_LEVEL);
  const redis = { redisUrl: config.REDIS_URL, prefix: config.REDIS_PREFIX };
  return createService(async (opened) => {
    const database = opened(
      createDatabase({
        url: config.DATABASE_URL,
        schema: 'assistant',
        entities: [SummaryEntity, PageTextEntity],
        migrations,
        poolSize: config.DATABASE_POOL_SIZE,
      }),
    );
    await database.start();
    const eventLog = opened(createEventLog(redis));
    const queues = opened(createQueues(redis));
    const summaries = new SummaryService(database, createAssistantEvents(logger));

    const handlers = [
      applyOutcome(summariseNotebook, (manager, payload, outcome) => summaries.summarised(manager, payload, outcome)),
    ];
    await opened(createOutcomeConsumer({ ...redis, owner: 'assistant', database, handlers, logger })).start();
    await opened(
      createRelay({ databaseUrl: config.DATABASE_URL, schema: 'assistant', database, eventLog, queues, logger }),
    ).start();
    opened(consumeEvents({ log: eventLog, group: 'assistant', handlers: notesEvents(database, summaries), logger }));

    const host = createSubgraphHost({
      service: 'assistant',
      host: config.HOST,
      port: config.PORT,
      schema: createAssistantSchema({ summaries }).schema,
      identityHeaders: createIdentityHeaders(config.IDENTITY_SECRET),
      createContext: (viewer) => ({
        viewer,
        summaryOf: createLoader(
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

/** What the assistant does when the notes domain says something; each event has its effect once. */
function notesEvents(database: Database, summaries: SummaryService): EventHandler[] {
  const once = (eventId: string, effect: (manager: EntityManager) => Promise<void>): Promise<void> =>
    database.transaction(async (manager) => {
      if (await consumeOnce(manager, eventId)) await effect(manager);
    });
  return [
    onEvent(pageRead, ({ ownerId, ...page }, { id }) =>
      once(id, (manager) => summaries.pageRead(manager, page, ownerId)),
    ),
    onEvent(importCompleted, ({ notebookId }, { id }) =>
      once(id, (manager) => summaries.importCompleted(manager, notebookId)),
    ),
    onEvent(notebookDeleted, ({ notebookId }, { id }) =>
      once(id, (manager) => summaries.notebookDeleted(manager, notebookId)),
    ),
  ];
}
