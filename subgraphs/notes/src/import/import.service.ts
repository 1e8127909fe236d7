import { v7 as uuid } from 'uuid';

import { type Viewer, requireViewer } from '@terakoya/common/auth';
import { inspectDocument, notebookChanged } from '@terakoya/common/contracts';
import {
  type Database,
  type EntityManager,
  type Page,
  type PageRequest,
  pageOf,
  idCursor,
} from '@terakoya/common/database';
import { ConflictError, LimitExceededError, NotFoundError, SchoolError } from '@terakoya/common/errors';
import { enqueue, publish } from '@terakoya/common/outbox';
import { currentTraceparent, withTraceparent } from '@terakoya/common/telemetry';

import type { CleanupService } from '../cleanup/cleanup.service';
import type { NoteEvents } from '../events';
import { lockNotebook } from '../notebook/notebook.service';
import { notebookRepository } from '../notebook/notebook.repository';
import { isOwner } from '../ownership.policy';
import { pageRepository } from '../page/page.repository';
import type { UploadedFileEntity } from '../uploaded-file/uploaded-file.entity';
import { uploadedFileRepository } from '../uploaded-file/uploaded-file.repository';
import type { ImportEntity } from './import.entity';
import { importRepository } from './import.repository';
import { FILE_MISSING, type ImportStatus, type ImportStep, newStatus, nextStatus } from './import-status';

/** Imports of one viewer that may be unfinished at the same time. */
const MOST_ACTIVE_IMPORTS = 20;
const SWEEP_LIMIT = 100;

/** Imports as their owner directs them; what becomes of the work is in ImportOutcomes. */
export class ImportService {
  constructor(
    private readonly database: Database,
    private readonly cleanup: CleanupService,
    private readonly events: NoteEvents,
    private readonly fileWaitSeconds: number,
  ) {}

  /**
   * Starts an import, or lets it wait when the file is not known yet. NOT_FOUND for another's notebook,
   * FILE_NOT_FOUND for another's or a deleted file, LIMIT_EXCEEDED for one import too many.
   */
  async start(viewer: Viewer | null, notebookId: string, fileId: string): Promise<ImportEntity> {
    const { userId } = requireViewer(viewer);
    const job = await this.database.transaction(async (manager) => {
      await requireRoom(manager, userId);
      const { ownerId } = await lockNotebook(manager, viewer, notebookId);
      const file = await uploadedFileRepository.find(manager, fileId);
      const started = newImport({ notebookId, fileId, ownerId }, newStatus(isUsable(file, userId)));
      await importRepository.insert(manager, started);
      await begin(manager, started, file);
      return started;
    });
    this.events.importStarted(job.id, fileId);
    return job;
  }

  /** Ends an unfinished import; pages that are not read yet are removed. CONFLICT when it is finished. */
  async cancel(viewer: Viewer | null, id: string): Promise<ImportEntity> {
    requireViewer(viewer);
    const job = await this.database.transaction(async (manager) => {
      const found = await lockOwn(manager, viewer, id);
      if (found.state === 'CANCELLED') return found;
      const cancelled = step(
        found,
        { kind: 'cancelled' },
        `It is ${found.state}: only an unfinished import can be cancelled.`,
      );
      const removed = await pageRepository.removeUnread(manager, id);
      const keyPrefixes = removed.map((pageId) => `pages/${found.ownerId}/${found.notebookId}/${pageId}/`);
      await this.cleanup.plan(manager, { runIds: [found.runId], keyPrefixes });
      await pageRepository.recount(manager, found.notebookId);
      await importRepository.saveStatus(manager, id, cancelled);
      await publishChange(manager, found, 'IMPORT_CANCELLED');
      return { ...found, ...cancelled, finishedAt: new Date() };
    });
    this.cleanup.wake();
    this.events.importCancelled(id, job.startedAt);
    return job;
  }

  /** A new run of what is missing; CONFLICT when nothing is. */
  async retry(viewer: Viewer | null, id: string): Promise<ImportEntity> {
    const { userId } = requireViewer(viewer);
    const job = await this.database.transaction(async (manager) => {
      await requireRoom(manager, userId);
      const found = await lockOwn(manager, viewer, id);
      const file = await uploadedFileRepository.find(manager, found.fileId);
      const retried = step(
        found,
        { kind: 'retried', isFileHere: isUsable(file, userId) },
        `It is ${found.state} and nothing is missing: only a failed or cancelled import can be retried.`,
      );
      const run = { runId: uuid(), startedAt: new Date(), traceparent: currentTraceparent() };
      await importRepository.saveStatus(manager, id, retried);
      await importRepository.update(manager, id, run);
      const again = { ...found, ...retried, ...run, finishedAt: null };
      await begin(manager, again, file);
      return again;
    });
    this.events.importRetried(id);
    return job;
  }

  /** Those of the imports that are the viewer's; NOT in order. */
  async findMany(viewer: Viewer | null, ids: readonly string[]): Promise<ImportEntity[]> {
    requireViewer(viewer);
    const jobs = await importRepository.findByIds(this.database.manager, ids);
    return jobs.filter((job) => isOwner(viewer, job));
  }

  /** For each request a page of a notebook's imports, newest first; all in one statement. */
  async listMany(
    viewer: Viewer | null,
    requests: readonly (PageRequest & { parentId: string })[],
  ): Promise<Page<ImportEntity>[]> {
    requireViewer(viewer);
    const keys = requests.map(({ parentId, first, after }) => ({ parentId, after: idCursor(after), count: first + 1 }));
    const lists = await importRepository.lists(this.database.manager, keys);
    return lists.map((jobs, index) => {
      const own = jobs.filter((job) => isOwner(viewer, job));
      return pageOf(own, requests[index]?.first ?? 0, ({ id }) => [id]);
    });
  }

  /** Starts what waits for a file that is known now. */
  async startWaiting(fileId: string): Promise<void> {
    for (const id of await importRepository.waitingFor(this.database.manager, fileId)) await this.#settle(id);
  }

  /** Starts or fails imports that wait without need or for too long; a bounded number of them. */
  async sweepWaiting(signal: AbortSignal): Promise<void> {
    const ids = await importRepository.overdue(this.database.manager, this.fileWaitSeconds, SWEEP_LIMIT);
    for (const id of ids) {
      if (signal.aborted) return;
      await this.#settle(id);
    }
  }

  async #settle(id: string): Promise<void> {
    const failedSince = await this.database.transaction(async (manager) => {
      const job = await importRepository.lock(manager, id);
      if (job?.state !== 'WAITING') return undefined;
      const file = await uploadedFileRepository.find(manager, job.fileId);
      const isOverdue = Date.now() - job.startedAt.getTime() > this.fileWaitSeconds * 1000;
      if (!file && !isOverdue) return undefined;
      const isHere = file?.ownerId === job.ownerId && file.document !== null;
      const next = nextStatus(job, isHere ? { kind: 'file-arrived' } : { kind: 'file-missing' });
      if (!next) return undefined;
      await importRepository.saveStatus(manager, id, next);
      await withTraceparent(job.traceparent, () =>
        isHere ? inspect(manager, job, file) : publishChange(manager, job, 'IMPORT_FAILED'),
      );
      return isHere ? undefined : job.startedAt;
    });
    if (failedSince) this.events.importFailed(id, failedSince, FILE_MISSING.code);
  }
}

async function requireRoom(manager: EntityManager, ownerId: string): Promise<void> {
  const active = await importRepository.countActiveLocked(manager, ownerId);
  if (active < MOST_ACTIVE_IMPORTS) return;
  throw new LimitExceededError(
    `At most ${MOST_ACTIVE_IMPORTS} imports can run at the same time: wait for one to end.`,
    {
      limit: MOST_ACTIVE_IMPORTS,
    },
  );
}

async function lockOwn(manager: EntityManager, viewer: Viewer | null, id: string): Promise<ImportEntity> {
  const job = await importRepository.lock(manager, id);
  if (!job || !isOwner(viewer, job)) throw new NotFoundError('import', id);
  return job;
}

function step(job: ImportEntity, taken: ImportStep, otherwise: string): ImportStatus {
  const next = nextStatus(job, taken);
  if (!next) throw new ConflictError(otherwise);
  return next;
}

/** False when the file is not known yet; throws for one that is known and cannot be used. */
function isUsable(file: UploadedFileEntity | null, ownerId: string): boolean {
  if (!file) return false;
  if (file.ownerId !== ownerId || !file.document) throw new SchoolError('FILE_NOT_FOUND', FILE_MISSING.message);
  return true;
}

function newImport(of: { notebookId: string; fileId: string; ownerId: string }, status: ImportStatus): ImportEntity {
  const now = new Date();
  return {
    ...of,
    ...status,
    id: uuid(),
    runId: uuid(),
    firstNumber: null,
    traceparent: currentTraceparent(),
    createdAt: now,
    startedAt: now,
    finishedAt: null,
  };
}

async function begin(manager: EntityManager, job: ImportEntity, file: UploadedFileEntity | null): Promise<void> {
  await notebookRepository.update(manager, job.notebookId, { updatedAt: new Date() });
  await publishChange(manager, job, 'IMPORT_STARTED');
  await inspect(manager, job, file);
}

async function inspect(manager: EntityManager, job: ImportEntity, file: UploadedFileEntity | null): Promise<void> {
  if (!file?.document) return;
  await enqueue(manager, inspectDocument, job.runId, [{ importId: job.id, document: file.document }]);
}

async function publishChange(
  manager: EntityManager,
  { id, notebookId, ownerId }: ImportEntity,
  kind: 'IMPORT_STARTED' | 'IMPORT_CANCELLED' | 'IMPORT_FAILED',
): Promise<void> {
  await publish(manager, notebookChanged, notebookId, { notebookId, ownerId, kind, pageId: null, importId: id });
}
