import { createIdentityHeaders } from '@terakoya/common/auth';
import { createDatabase } from '@terakoya/common/database';
import { createSubgraphHost } from '@terakoya/common/graphql';
import { type Service, createService } from '@terakoya/common/lifecycle';
import { type Logger, createLogger } from '@terakoya/common/logging';
import { createRelay } from '@terakoya/common/outbox';
import { createOutcomeConsumer, createQueues } from '@terakoya/common/queue';
import { createStorage } from '@terakoya/common/storage';
import { consumeEvents, createEventLog } from '@terakoya/common/streams';

import { migrations } from '../migrations';
import { CleanupService } from './cleanup/cleanup.service';
import type { NotesConfig } from './config';
import { createNotesContext } from './context';
import { createNoteEvents } from './events';
import { ImportEntity } from './import/import.entity';
import { ImportOutcomes } from './import/import.outcomes';
import { ImportService } from './import/import.service';
import { NotebookEntity } from './notebook/notebook.entity';
import { NotebookService } from './notebook/notebook.service';
import { PageEntity } from './page/page.entity';
import { PageService } from './page/page.service';
import { type NotesServices, createNotesSchema } from './schema';
import { SearchService } from './search/search.service';
import { createSweeper } from './sweeper';
import { UploadedFileEntity } from './uploaded-file/uploaded-file.entity';
import { UploadedFileService } from './uploaded-file/uploaded-file.service';

const SCHEMA = 'notes';
const SWEEP_MS = 1_000;

/** Notebooks, their pages, imports and search. */
export function createNotes(config: NotesConfig, overrides: { readonly logger?: Logger } = {}): Service {
  const logger = overrides.logger ?? createLogger('notes', config.LOG_LEVEL);
  const events = createNoteEvents(logger);
  const redis = { redisUrl: config.REDIS_URL, prefix: config.REDIS_PREFIX };
  return createService(async (opened) => {
    const database = opened(
      createDatabase({
        url: config.DATABASE_URL,
        schema: SCHEMA,
        entities: [NotebookEntity, ImportEntity, PageEntity, UploadedFileEntity],
        migrations,
        poolSize: config.DATABASE_POOL_SIZE,
      }),
    );
    await database.start();
    const storage = opened(createStorage(config));
    const eventLog = opened(createEventLog(redis));
    const queues = opened(createQueues(redis));

    const cleanup = new CleanupService(database, storage, logger);
    const notebooks = new NotebookService(database, cleanup, events);
    const imports = new ImportService(database, cleanup, events, config.IMPORT_FILE_WAIT_SECONDS);
    const pages = new PageService(database);
    const services: NotesServices = { notebooks, imports, pages, searches: new SearchService(database, notebooks) };

    const { DATABASE_URL: databaseUrl } = config;
    await opened(createRelay({ databaseUrl, schema: SCHEMA, database, eventLog, queues, logger })).start();
    const handlers = new ImportOutcomes(events).handlers();
    await opened(createOutcomeConsumer({ ...redis, owner: 'notes', database, handlers, logger })).start();
    const files = new UploadedFileService(database, imports);
    opened(consumeEvents({ log: eventLog, group: SCHEMA, handlers: files.handlers(), logger }));
    const works = [(signal: AbortSignal) => cleanup.run(signal), (signal: AbortSignal) => imports.sweepWaiting(signal)];
    const sweeper = opened(createSweeper({ everyMs: SWEEP_MS, works, logger }));
    cleanup.onWake(() => sweeper.wake());
    sweeper.start();

    const host = createSubgraphHost({
      service: SCHEMA,
      host: config.HOST,
      port: config.PORT,
      schema: createNotesSchema(services).schema,
      identityHeaders: createIdentityHeaders(config.IDENTITY_SECRET),
      createContext: (viewer, caller) => createNotesContext(services, viewer, caller),
      readiness: { database: () => database.ready(), redis: () => eventLog.ready(), storage: () => storage.ready() },
      logger,
    });
    return opened(host).start();
  });
}
