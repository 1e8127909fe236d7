import { v7 as uuid } from 'uuid';

import {
  type PageText,
  type TaskOutcome,
  type TaskPayload,
  importCompleted,
  inspectDocument,
  pageRead,
  readPage,
  renderPage,
} from '@terakoya/common/contracts';
import type { EntityManager } from '@terakoya/common/database';
import { LimitExceededError } from '@terakoya/common/errors';
import { enqueue, publish } from '@terakoya/common/outbox';
import { type OutcomeHandler, applyOutcome } from '@terakoya/common/queue';

import type { NotesEvents } from '../events';
import { notebookRepository } from '../notebook/notebook.repository';
import { type PageEntity, type TextSource, imagePrefixOf } from '../page/page.entity';
import { pageRepository } from '../page/page.repository';
import type { ImportEntity } from './import.entity';
import { isFinal, nextState } from './import.machine';
import { importRepository } from './import.repository';
import type { ImportService } from './import.service';

const MOST_PAGES = 5_000;

/**
 * What the workers' outcomes do to an import. Each runs once, in the transaction that settles its job, with the import
 * locked; outcomes of an import that has ended meanwhile change nothing.
 */
export class ImportOutcomes {
  constructor(
    private readonly imports: ImportService,
    private readonly events: NotesEvents,
  ) {}

  handlers(): OutcomeHandler[] {
    return [
      applyOutcome(inspectDocument, (manager, payload, outcome) => this.inspected(manager, payload, outcome)),
      applyOutcome(renderPage, (manager, payload, outcome) => this.rendered(manager, payload, outcome)),
      applyOutcome(readPage, (manager, payload, outcome) => this.read(manager, payload, outcome)),
    ];
  }

  async inspected(
    manager: EntityManager,
    payload: TaskPayload<typeof inspectDocument>,
    outcome: TaskOutcome<typeof inspectDocument>,
  ): Promise<void> {
    const job = await importRepository.lock(manager, payload.importId);
    if (!job || isFinal(job.state) || outcome.status === 'cancelled') return;
    if (outcome.status === 'failed') return this.imports.fail(manager, job, 'refused', outcome.error);
    const notebook = await notebookRepository.lock(manager, job.notebookId);
    if (!notebook) return;
    const known = await pageRepository.sourceNumbersOfImport(manager, job.id);
    const missing = outcome.result.pages.filter(({ number }) => !known.has(number));
    if (notebook.pageCount + missing.length > MOST_PAGES) {
      return this.imports.fail(
        manager,
        job,
        'refused',
        new LimitExceededError(`A notebook can have at most ${MOST_PAGES} pages.`),
      );
    }
    const pages = missing.map((page, index) => newPage(job, page, notebook.lastPageNumber + index + 1));
    await pageRepository.insertMany(manager, pages);
    await notebookRepository.setPages(
      manager,
      notebook.id,
      notebook.pageCount + pages.length,
      notebook.lastPageNumber + pages.length,
    );
    await enqueue(
      manager,
      renderPage,
      job.id,
      pages.map((page) => renderPayload(page, payload)),
    );
    const counted: ImportEntity = { ...job, pagesFound: outcome.result.pages.length };
    await this.imports.tell(manager, job, 'IMPORT_PAGES_FOUND');
    await this.#advance(manager, counted, 'pages-found');
  }

  async rendered(
    manager: EntityManager,
    payload: TaskPayload<typeof renderPage>,
    outcome: TaskOutcome<typeof renderPage>,
  ): Promise<void> {
    const place = await this.#lockPlace(manager, payload);
    if (!place || outcome.status === 'cancelled') return;
    if (outcome.status === 'failed') return this.#pageFailed(manager, place, outcome.error);
    const { preview, thumbnail, text, scan } = outcome.result;
    await pageRepository.setRendered(manager, place.page.id, preview, thumbnail);
    const job: ImportEntity = { ...place.job, pagesRendered: place.job.pagesRendered + 1 };
    this.events.pageRendered();
    if (text) return this.#pageRead(manager, { ...place, job }, text, 'EMBEDDED');
    await enqueue(manager, readPage, job.id, [
      { importId: job.id, pageId: place.page.id, image: scan ?? preview, languages: ['jpn', 'eng'] },
    ]);
    await importRepository.save(manager, job);
    await this.imports.tell(manager, job, 'PAGE_RENDERED', place.page.id);
  }

  async read(
    manager: EntityManager,
    payload: TaskPayload<typeof readPage>,
    outcome: TaskOutcome<typeof readPage>,
  ): Promise<void> {
    const place = await this.#lockPlace(manager, payload);
    if (!place || outcome.status === 'cancelled') return;
    if (outcome.status === 'failed') return this.#pageFailed(manager, place, outcome.error);
    await this.#pageRead(manager, place, outcome.result.text, 'OCR');
  }

  async #pageRead(manager: EntityManager, { job, page }: Place, read: PageText, source: TextSource): Promise<void> {
    await pageRepository.setRead(manager, page.id, read, source);
    const { notebookId, ownerId } = job;
    await publish(manager, pageRead, notebookId, {
      notebookId,
      ownerId,
      pageId: page.id,
      number: page.number,
      text: read.text,
    });
    await this.imports.tell(manager, job, 'PAGE_READ', page.id);
    this.events.pageRead(source);
    await this.#advance(manager, { ...job, pagesRead: job.pagesRead + 1 }, 'page-done');
  }

  async #pageFailed(
    manager: EntityManager,
    { job, page }: Place,
    error: { code: string; message: string },
  ): Promise<void> {
    await pageRepository.setFailed(manager, page.id, error.code, error.message);
    await this.imports.tell(manager, job, 'PAGE_FAILED', page.id);
    this.events.pageFailed(page.id, error.code);
    const failed: ImportEntity = {
      ...job,
      pagesFailed: job.pagesFailed + 1,
      errorCode: error.code,
      errorMessage: error.message,
      errorPage: page.sourceNumber,
    };
    await this.#advance(manager, failed, 'page-done');
  }

  /** Saves the counters, and ends the import when every page is done. */
  async #advance(manager: EntityManager, job: ImportEntity, happening: 'pages-found' | 'page-done'): Promise<void> {
    const state = nextState(job.state, happening, job) ?? job.state;
    const finishedAt = isFinal(state) ? new Date() : null;
    const saved: ImportEntity = { ...job, state, finishedAt };
    await importRepository.save(manager, saved);
    if (!finishedAt) return;
    const { notebookId, ownerId, id } = job;
    if (state === 'COMPLETED')
      await publish(manager, importCompleted, notebookId, { notebookId, ownerId, importId: id });
    await this.imports.tell(manager, saved, state === 'COMPLETED' ? 'IMPORT_COMPLETED' : 'IMPORT_FAILED');
    this.events.importFinished(id, state, (finishedAt.getTime() - job.createdAt.getTime()) / 1000);
  }

  /** The import and the page of an outcome, while they still want it. */
  async #lockPlace(
    manager: EntityManager,
    { importId, pageId }: { importId: string; pageId: string },
  ): Promise<Place | null> {
    const job = await importRepository.lock(manager, importId);
    if (!job || isFinal(job.state)) return null;
    const page = await pageRepository.lock(manager, pageId);
    return page && { job, page };
  }
}

interface Place {
  readonly job: ImportEntity;
  readonly page: PageEntity;
}

function renderPayload(
  page: PageEntity,
  { importId, document }: TaskPayload<typeof inspectDocument>,
): TaskPayload<typeof renderPage> {
  return { importId, pageId: page.id, number: page.sourceNumber, document, keyPrefix: imagePrefixOf(page) };
}

function newPage(
  job: ImportEntity,
  found: { number: number; width: number; height: number },
  number: number,
): PageEntity {
  return {
    id: uuid(),
    notebookId: job.notebookId,
    ownerId: job.ownerId,
    importId: job.id,
    sourceNumber: found.number,
    number,
    state: 'PENDING',
    width: found.width,
    height: found.height,
    preview: null,
    thumbnail: null,
    text: null,
    textSource: null,
    textEngine: null,
    errorCode: null,
    errorMessage: null,
  };
}
