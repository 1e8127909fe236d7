import { v7 as uuid } from 'uuid';

import {
  type PageText,
  type SourceDocument,
  type TaskOutcome,
  type TaskPayload,
  type TaskResult,
  importCompleted,
  inspectDocument,
  notebookChanged,
  type NotebookChangeKind,
  pageRead,
  readPage,
  renderPage,
} from '@terakoya/common/contracts';
import type { EntityManager } from '@terakoya/common/database';
import { enqueue, publish } from '@terakoya/common/outbox';
import { type OutcomeHandler, applyOutcome } from '@terakoya/common/queue';

import type { NoteEvents } from '../events';
import { notebookRepository } from '../notebook/notebook.repository';
import type { PageEntity, PageState, TextSource } from '../page/page.entity';
import { pageRepository } from '../page/page.repository';
import { storableText } from '../page/stored-words';
import { gramsOf, normalise } from '../search/normalise';
import type { ImportEntity } from './import.entity';
import { importRepository } from './import.repository';
import { type Failure, type ImportStatus, type ImportStep, nextStatus } from './import-status';

/** Pages a notebook can have. */
const MOST_PAGES = 5_000;
const OCR_LANGUAGES: ('jpn' | 'eng')[] = ['jpn', 'eng'];

type Rendering = TaskResult<typeof renderPage>;
interface PageRef {
  readonly importId: string;
  readonly pageId: string;
}

/**
 * What becomes of an import when the work for it is done. Each outcome comes here once, in a transaction of its own,
 * which holds the notebook's lock: the events of a notebook are in the order of its changes. Outcomes of imports that
 * were cancelled or are gone have no effect.
 */
export class ImportOutcomes {
  constructor(private readonly events: NoteEvents) {}

  handlers(): OutcomeHandler[] {
    return [
      applyOutcome(inspectDocument, (manager, payload, outcome) => this.#inspected(manager, payload, outcome)),
      applyOutcome(renderPage, (manager, payload, outcome) =>
        outcome.status === 'succeeded'
          ? this.#rendered(manager, payload, outcome.result)
          : this.#pageFailed(manager, payload, ['PENDING'], failureOf(outcome)),
      ),
      applyOutcome(readPage, (manager, payload, outcome) =>
        outcome.status === 'succeeded'
          ? this.#read(manager, payload, outcome.result.text)
          : this.#pageFailed(manager, payload, ['RENDERED'], failureOf(outcome)),
      ),
    ];
  }

  async #inspected(
    manager: EntityManager,
    { importId, document }: TaskPayload<typeof inspectDocument>,
    outcome: TaskOutcome<typeof inspectDocument>,
  ): Promise<void> {
    const job = await importRepository.lock(manager, importId);
    if (job?.state !== 'QUEUED') return;
    if (outcome.status !== 'succeeded') {
      await this.#take(manager, job, [{ kind: 'inspection-failed', failure: failureOf(outcome) }]);
      return;
    }
    const { pages } = outcome.result;
    const known = await pageRepository.findByImport(manager, importId);
    const notebook = await notebookRepository.lock(manager, job.notebookId);
    const added = pages.length - known.length;
    if (!notebook || notebook.pageCount + added > MOST_PAGES) {
      await this.#take(manager, job, [{ kind: 'inspection-failed', failure: tooManyPages(added) }]);
      return;
    }
    const firstNumber = job.firstNumber ?? notebook.nextNumber;
    const read = known.filter(({ state }) => state === 'READ').length;
    await this.#take(manager, job, [{ kind: 'inspected', pages: pages.length, read }], async () => {
      if (pages.length === 0) return;
      await reserveNumbers(manager, job, firstNumber, pages.length);
      await addMissingPages(manager, { ...job, firstNumber }, pages, known);
      await pageRepository.recount(manager, job.notebookId);
      await tell(manager, job, 'IMPORT_PAGES_FOUND');
      await renderMissing(manager, job, document);
    });
  }

  async #rendered(manager: EntityManager, page: PageRef, { preview, thumbnail, text, scan }: Rendering): Promise<void> {
    const job = await importRepository.lock(manager, page.importId);
    if (job?.state !== 'RUNNING') return;
    const images = { state: 'RENDERED', preview, thumbnail } as const;
    const advanced = await pageRepository.advance(manager, idsOf(page), ['PENDING'], images);
    if (!advanced) return;
    const steps: ImportStep[] = [{ kind: 'page-rendered' }, ...(text ? [{ kind: 'page-read' } as const] : [])];
    await this.#take(manager, job, steps, async () => {
      await tell(manager, job, 'PAGE_RENDERED', page.pageId);
      if (text) await keepText(manager, job, page.pageId, text, 'EMBEDDED');
      else {
        const { importId, pageId } = page;
        const image = scan ?? preview;
        await enqueue(manager, readPage, job.runId, [{ importId, pageId, image, languages: OCR_LANGUAGES }]);
      }
    });
  }

  async #read(manager: EntityManager, page: PageRef, text: PageText): Promise<void> {
    const job = await importRepository.lock(manager, page.importId);
    if (job?.state !== 'RUNNING') return;
    const [found] = await pageRepository.findByIds(manager, [page.pageId]);
    if (found?.importId !== page.importId || found.state !== 'RENDERED') return;
    await this.#take(manager, job, [{ kind: 'page-read' }], () => keepText(manager, job, page.pageId, text, 'OCR'));
  }

  async #pageFailed(manager: EntityManager, page: PageRef, from: PageState[], failure: Failure): Promise<void> {
    const job = await importRepository.lock(manager, page.importId);
    if (job?.state !== 'RUNNING') return;
    const { code, message } = failure;
    const advanced = await pageRepository.advance(manager, idsOf(page), from, {
      state: 'FAILED',
      error: { code, message },
    });
    if (!advanced) return;
    this.events.pageFailed(page.pageId, code);
    const steps: ImportStep[] = [{ kind: 'page-failed', failure: { ...failure, pageNumber: advanced.number } }];
    await this.#take(manager, job, steps, () => tell(manager, job, 'PAGE_FAILED', page.pageId));
  }

  /** Takes the steps, lets `effect` say what happened, and then says how the import ended if it did. */
  async #take(
    manager: EntityManager,
    job: ImportEntity,
    steps: readonly ImportStep[],
    effect: () => Promise<void> = () => Promise.resolve(),
  ): Promise<void> {
    let status: ImportStatus = job;
    for (const step of steps) {
      const next = nextStatus(status, step);
      if (!next) throw new RangeError(`An import that is ${status.state} cannot take the step ${step.kind}.`);
      status = next;
    }
    await importRepository.saveStatus(manager, job.id, status);
    await effect();
    if (status.state === 'COMPLETED') await this.#completed(manager, job, status);
    if (status.state === 'FAILED') await this.#failed(manager, job, status);
  }

  async #completed(manager: EntityManager, job: ImportEntity, status: ImportStatus): Promise<void> {
    const { id, notebookId, ownerId } = job;
    await tell(manager, job, 'IMPORT_COMPLETED');
    await publish(manager, importCompleted, notebookId, { notebookId, ownerId, importId: id });
    await notebookRepository.update(manager, notebookId, { updatedAt: new Date() });
    this.events.importCompleted(id, job.startedAt, status.pagesRead);
  }

  async #failed(manager: EntityManager, job: ImportEntity, status: ImportStatus): Promise<void> {
    await tell(manager, job, 'IMPORT_FAILED');
    this.events.importFailed(job.id, job.startedAt, status.error?.code ?? '');
  }
}

/** The pages of a document keep the numbers they were given first, also when some are removed and come again. */
async function reserveNumbers(
  manager: EntityManager,
  job: ImportEntity,
  firstNumber: number,
  count: number,
): Promise<void> {
  if (job.firstNumber !== null) return;
  await importRepository.update(manager, job.id, { firstNumber });
  await notebookRepository.update(manager, job.notebookId, { nextNumber: firstNumber + count });
}

async function addMissingPages(
  manager: EntityManager,
  job: ImportEntity & { firstNumber: number },
  pages: TaskResult<typeof inspectDocument>['pages'],
  known: readonly PageEntity[],
): Promise<void> {
  const isKnown = new Set(known.map(({ sourceNumber }) => sourceNumber));
  const missing = pages
    .filter(({ number }) => !isKnown.has(number))
    .map(({ number, width, height }) => ({
      id: uuid(),
      number: job.firstNumber + number - 1,
      sourceNumber: number,
      width,
      height,
    }));
  const { id: importId, notebookId, ownerId } = job;
  await pageRepository.insertMany(manager, { importId, notebookId, ownerId }, missing);
  await pageRepository.resetFailed(manager, importId);
}

/** Asks for every page that is not read, in one statement. */
async function renderMissing(manager: EntityManager, job: ImportEntity, document: SourceDocument): Promise<void> {
  const pages = await pageRepository.findByImport(manager, job.id);
  const payloads = pages
    .filter(({ state }) => state === 'PENDING')
    .map(({ id, sourceNumber }) => ({
      importId: job.id,
      pageId: id,
      number: sourceNumber,
      document,
      keyPrefix: `pages/${job.ownerId}/${job.notebookId}/${id}/`,
    }));
  await enqueue(manager, renderPage, job.runId, payloads);
}

async function keepText(
  manager: EntityManager,
  job: ImportEntity,
  pageId: string,
  read: PageText,
  textSource: TextSource,
): Promise<void> {
  const { notebookId, ownerId, id: importId } = job;
  const change = { state: 'READ', textSource, textEngine: read.engine } as const;
  const page = await pageRepository.advance(manager, { id: pageId, importId }, ['RENDERED'], change);
  if (!page) throw new RangeError('A page that was just found is gone.');
  const { text, words } = storableText(read);
  const searchText = normalise(text);
  const row = { text, words, searchText, grams: gramsOf(searchText) };
  await pageRepository.insertText(manager, { id: pageId, ownerId, notebookId, number: page.number }, row);
  await tell(manager, job, 'PAGE_READ', pageId);
  await publish(manager, pageRead, notebookId, { notebookId, ownerId, pageId, number: page.number, text });
}

async function tell(
  manager: EntityManager,
  { id, notebookId, ownerId }: ImportEntity,
  kind: NotebookChangeKind,
  pageId: string | null = null,
): Promise<void> {
  await publish(manager, notebookChanged, notebookId, { notebookId, ownerId, kind, pageId, importId: id });
}

function idsOf({ importId, pageId }: PageRef): { id: string; importId: string } {
  return { id: pageId, importId };
}

function failureOf(outcome: Exclude<TaskOutcome<typeof renderPage>, { status: 'succeeded' }>): Failure {
  if (outcome.status === 'cancelled') return { code: 'CANCELLED', message: 'The job was cancelled.', pageNumber: null };
  const message = outcome.error.message.replaceAll('\0', '').toWellFormed();
  return { code: outcome.error.code, message, pageNumber: null };
}

function tooManyPages(added: number): Failure {
  const message = `A notebook can have ${MOST_PAGES} pages: there is no room for ${added} more.`;
  return { code: 'LIMIT_EXCEEDED', message, pageNumber: null };
}
