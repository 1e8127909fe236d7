import { createIdentityHeaders } from '@terakoya/common/auth';
import { fileCompleted, fileDeleted, notebookChanged, summaryReady } from '@terakoya/common/contracts';
import { type Database, type EntityManager, createDatabase } from '@terakoya/common/database';
import { createSubgraphHost } from '@terakoya/common/graphql';
import { type Service, createService, every } from '@terakoya/common/lifecycle';
import { createLogger } from '@terakoya/common/logging';
import { consumeOnce, createRelay, publish } from '@terakoya/common/outbox';
import { createOutcomeConsumer, createQueues } from '@terakoya/common/queue';
import { createStorage } from '@terakoya/common/storage';
import { type EventHandler, consumeEvents, createEventLog, onEvent } from '@terakoya/common/streams';

import { migrations } from '../migrations';
import type { NotesConfig } from './config';
import { createNotesContext } from './context';
import { createNotesEvents } from './events';
import { ImportEntity } from './import/import.entity';
import { ImportOutcomes } from './import/import.outcomes';
import { ImportService } from './import/import.service';
import { NotebookEntity } from './notebook/notebook.entity';
import { NotebookService } from './notebook/notebook.service';
import { PageEntity, PageWordsEntity } from './page/page.entity';
import { PageService } from './page/page.service';
import { createNotesSchema } from './schema';
import { SearchService } from './search/search.service';
import { UploadedFileEntity } from './uploaded-file/uploaded-file.entity';
import { uploadedFileRepository } from './uploaded-file/uploaded-file.repository';

const SWEEP_MS = 2_000;

/** Notebooks, their pages, and the imports that fill them. */
export function createNotes(config: NotesConfig): Service {
  const logger = createLogger('notes', config.LOG_LEVEL);
  const events = createNotesEvents(logger);
  const redis = { redisUrl: config.REDIS_URL, prefix: config.REDIS_PREFIX };
  return createService(async (opened) => {
    const database = opened(openDatabase(config));
    await database.start();
    const storage = opened(createStorage(config));
    const eventLog = opened(createEventLog(redis));
    const queues = opened(createQueues(redis));
    const notebooks = new NotebookService(database, storage, events);
    const imports = new ImportService(database, notebooks, events);
    const services = { notebooks, imports, pages: new PageService(database), searches: new SearchService(database) };

    const handlers = new ImportOutcomes(imports, events).handlers();
    await opened(createOutcomeConsumer({ ...redis, owner: 'notes', database, handlers, logger })).start();
    await opened(
      createRelay({ databaseUrl: config.DATABASE_URL, schema: 'notes', database, eventLog, queues, logger }),
    ).start();
    opened(consumeEvents({ log: eventLog, group: 'notes', handlers: othersEvents(database, imports), logger }));
    opened(every(SWEEP_MS, logger, () => imports.failWaiting()));

    const host = createSubgraphHost({
      service: 'notes',
      host: config.HOST,
      port: config.PORT,
      schema: createNotesSchema(services).schema,
      identityHeaders: createIdentityHeaders(config.IDENTITY_SECRET),
      createContext: (viewer) => createNotesContext(viewer, services),
      readiness: { database: () => database.ready(), redis: () => eventLog.ready() },
      logger,
    });
    return opened(host).start();
  });
}

function openDatabase(config: NotesConfig): Database {
  return createDatabase({
    url: config.DATABASE_URL,
    schema: 'notes',
    entities: [NotebookEntity, PageEntity, PageWordsEntity, ImportEntity, UploadedFileEntity],
    migrations,
    poolSize: config.DATABASE_POOL_SIZE,
  });
}

/** What notes does when another domain says something; each event has its effect once. */
function othersEvents(database: Database, imports: ImportService): EventHandler[] {
  const once = (eventId: string, effect: (manager: EntityManager) => Promise<void>): Promise<void> =>
    database.transaction(async (manager) => {
      if (await consumeOnce(manager, eventId)) await effect(manager);
    });
  return [
    onEvent(fileCompleted, ({ ownerId, name: _name, ...document }, { id }) =>
      once(id, (manager) => imports.fileCompleted(manager, document, ownerId)),
    ),
    onEvent(fileDeleted, ({ fileId }, { id }) => once(id, (manager) => uploadedFileRepository.forget(manager, fileId))),
    onEvent(summaryReady, (notebook, { id }) =>
      once(id, (manager) => {
        const change = { ...notebook, kind: 'SUMMARY_READY' as const, pageId: null, importId: null };
        return publish(manager, notebookChanged, notebook.notebookId, change);
      }),
    ),
  ];
}
