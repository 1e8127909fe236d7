import { v7 as uuid } from 'uuid';

import { type Viewer, requireViewer } from '@terakoya/common/auth';
import {
  type NotebookChangeKind,
  type SourceDocument,
  inspectDocument,
  notebookChanged,
} from '@terakoya/common/contracts';
import {
  type Database,
  type EntityManager,
  type Page,
  type PageRequest,
  decodeCursor,
  pageOf,
} from '@terakoya/common/database';
import { ConflictError, LimitExceededError, NotFoundError, SchoolError } from '@terakoya/common/errors';
import { cancelJobs, enqueue, publish } from '@terakoya/common/outbox';

import type { NotesEvents } from '../events';
import type { NotebookService } from '../notebook/notebook.service';
import { notebookRepository } from '../notebook/notebook.repository';
import { isOwner } from '../ownership.policy';
import { pageRepository } from '../page/page.repository';
import { uploadedFileRepository } from '../uploaded-file/uploaded-file.repository';
import type { ImportEntity } from './import.entity';
import { type ImportHappening, nextState } from './import.machine';
import { importRepository } from './import.repository';

const MOST_RUNNING = 20;
/** How long an import waits to hear of its file from the files domain. */
const WAIT_FOR_FILE_MS = 15_000;

/** Imports as their owner steers them; what workers report is in `import.outcomes.ts`. */
export class ImportService {
  constructor(
    private readonly database: Database,
    private readonly notebooks: NotebookService,
    private readonly events: NotesEvents,
  ) {}

  /** Starts to import an uploaded file into a notebook of the viewer's. */
  async start(viewer: Viewer | null, notebookId: string, fileId: string): Promise<ImportEntity> {
    const { userId } = requireViewer(viewer);
    return this.database.transaction(async (manager) => {
      await this.notebooks.lock(manager, viewer, notebookId);
      if ((await importRepository.countRunning(manager, userId)) >= MOST_RUNNING) {
        throw new LimitExceededError(`At most ${MOST_RUNNING} imports can run at the same time: wait for one to end.`);
      }
      await uploadedFileRepository.lock(manager, fileId);
      const file = await uploadedFileRepository.find(manager, fileId);
      if (file && file.ownerId !== userId) throw fileNotFound(fileId);
      const job = newImport(notebookId, userId, fileId);
      await importRepository.insert(manager, job);
      this.events.importStarted(job.id, userId);
      return file ? this.#queue(manager, job, file.document) : job;
    });
  }

  /** Starts what waits for a file, now that it is known. */
  async fileCompleted(manager: EntityManager, document: SourceDocument, ownerId: string): Promise<void> {
    await uploadedFileRepository.lock(manager, document.fileId);
    await uploadedFileRepository.keep(manager, { fileId: document.fileId, ownerId, document });
    for (const { id } of await importRepository.listWaitingFor(manager, document.fileId)) {
      const job = await importRepository.lock(manager, id);
      if (job?.state !== 'WAITING') continue;
      if (job.ownerId === ownerId) await this.#queue(manager, job, document);
      else await this.fail(manager, job, 'file-unknown', fileNotFound(job.fileId));
    }
  }

  /** Gives up imports whose file never became known. */
  async failWaiting(): Promise<void> {
    const waiting = await importRepository.listWaitingSince(
      this.database.manager,
      new Date(Date.now() - WAIT_FOR_FILE_MS),
    );
    for (const { id } of waiting) {
      await this.database.transaction(async (manager) => {
        const job = await importRepository.lock(manager, id);
        if (job) await this.fail(manager, job, 'file-unknown', fileNotFound(job.fileId));
      });
    }
  }

  /** Stops an import; pages that have their text stay, the others are removed. */
  async cancel(viewer: Viewer | null, importId: string): Promise<ImportEntity> {
    return this.database.transaction(async (manager) => {
      const job = await this.#lock(manager, viewer, importId);
      const state = nextState(job.state, 'cancel', job);
      if (!state) throw new ConflictError(`The import is ${job.state} already.`);
      await cancelJobs(manager, importId);
      await this.#removeUnread(manager, job);
      const cancelled: ImportEntity = { ...job, state, finishedAt: new Date() };
      await importRepository.save(manager, cancelled);
      await this.tell(manager, cancelled, 'IMPORT_CANCELLED');
      this.events.importCancelled(importId);
      return cancelled;
    });
  }

  /** Imports again what is missing: all of a failed or cancelled import, the failed pages of a completed one. */
  async retry(viewer: Viewer | null, importId: string): Promise<ImportEntity> {
    return this.database.transaction(async (manager) => {
      const job = await this.#lock(manager, viewer, importId);
      const state = nextState(job.state, 'retry', job);
      if (!state) throw new ConflictError(`The import is ${job.state}: there is nothing to try again.`);
      const document = job.document ?? (await uploadedFileRepository.find(manager, job.fileId))?.document;
      if (!document) throw fileNotFound(job.fileId);
      await this.#removeUnread(manager, job);
      const { pagesRead } = job;
      const again: ImportEntity = {
        ...job,
        ...{ pagesFound: null, pagesRendered: pagesRead, pagesRead, pagesFailed: 0, finishedAt: null },
        ...{ errorCode: null, errorMessage: null, errorPage: null, state: 'WAITING' },
      };
      return this.#queue(manager, again, document);
    });
  }

  /** Those of the imports that the viewer may see; not in order. */
  async findMany(viewer: Viewer | null, ids: readonly string[]): Promise<ImportEntity[]> {
    const jobs = await importRepository.findMany(this.database.manager, ids);
    return jobs.filter((job) => isOwner(viewer, job));
  }

  /** For each notebook its newest imports after the cursor, all in one statement. */
  async listOfNotebooks(notebookIds: readonly string[], { first, after }: PageRequest): Promise<Page<ImportEntity>[]> {
    const [before] = decodeCursor(after) ?? [];
    const rows = await importRepository.listOfNotebooks(
      this.database.manager,
      notebookIds,
      first,
      before?.toString() ?? null,
    );
    const byNotebook = Map.groupBy(rows, (job) => job.notebookId);
    return notebookIds.map((id) => pageOf(byNotebook.get(id) ?? [], first, (job) => [job.id]));
  }

  /** Ends an import with an error, when it has not ended already. */
  async fail(
    manager: EntityManager,
    job: ImportEntity,
    happening: ImportHappening,
    error: { code: string; message: string },
  ): Promise<void> {
    const state = nextState(job.state, happening, job);
    if (!state) return;
    const failed: ImportEntity = {
      ...job,
      state,
      errorCode: error.code,
      errorMessage: error.message,
      finishedAt: new Date(),
    };
    await importRepository.save(manager, failed);
    await this.tell(manager, failed, 'IMPORT_FAILED');
    this.events.importFailed(job.id, error.code);
  }

  /** Says what happened to whoever watches the notebook. */
  async tell(
    manager: EntityManager,
    job: ImportEntity,
    kind: NotebookChangeKind,
    pageId: string | null = null,
  ): Promise<void> {
    const { notebookId, ownerId, id } = job;
    await publish(manager, notebookChanged, notebookId, { notebookId, ownerId, kind, pageId, importId: id });
  }

  async #queue(manager: EntityManager, job: ImportEntity, document: SourceDocument): Promise<ImportEntity> {
    const state = nextState(job.state, 'file-known', job);
    if (!state) return job;
    const queued: ImportEntity = { ...job, document, state };
    await importRepository.save(manager, queued);
    await enqueue(manager, inspectDocument, job.id, [{ importId: job.id, document }]);
    await this.tell(manager, queued, 'IMPORT_STARTED');
    return queued;
  }

  async #removeUnread(manager: EntityManager, job: ImportEntity): Promise<void> {
    const notebook = await notebookRepository.lock(manager, job.notebookId);
    const removed = await pageRepository.deleteUnread(manager, job.id);
    if (notebook)
      await notebookRepository.setPages(manager, notebook.id, notebook.pageCount - removed, notebook.lastPageNumber);
  }

  async #lock(manager: EntityManager, viewer: Viewer | null, importId: string): Promise<ImportEntity> {
    const job = await importRepository.lock(manager, importId);
    if (!job || !isOwner(requireViewer(viewer), job)) throw new NotFoundError('import', importId);
    return job;
  }
}

function newImport(notebookId: string, ownerId: string, fileId: string): ImportEntity {
  return {
    id: uuid(),
    notebookId,
    ownerId,
    fileId,
    state: 'WAITING',
    document: null,
    pagesFound: null,
    pagesRendered: 0,
    pagesRead: 0,
    pagesFailed: 0,
    errorCode: null,
    errorMessage: null,
    errorPage: null,
    createdAt: new Date(),
    finishedAt: null,
  };
}

function fileNotFound(fileId: string): SchoolError {
  return new SchoolError('FILE_NOT_FOUND', `There is no completed upload ${fileId} of yours.`, {
    details: { field: 'fileId' },
  });
}
