import { validate } from 'uuid';

import { type Viewer, requireViewer } from '@terakoya/common/auth';
import { type TaskOutcome, summariseNotebook, summaryReady } from '@terakoya/common/contracts';
import type { Database, EntityManager } from '@terakoya/common/database';
import { NotFoundError, RateLimitedError } from '@terakoya/common/errors';
import { cancelJobs, enqueue, publish } from '@terakoya/common/outbox';
import { type OutcomeHandler, applyOutcome } from '@terakoya/common/queue';

import type { AssistantEvents } from '../events';
import type { SummaryEntity } from './summary.entity';
import { canReadSummary } from './summary.policy';
import { type PageOfText, type SummaryOutcome, summaryRepository } from './summary.repository';
import { keptSummary, keptText } from './kept-summary';

/** A summary is made from so many characters of a notebook, counted over its pages in order; the rest is left out. */
export const SUMMARISED_CHARACTERS = 200_000;
const ASK_AGAIN_SECONDS = 5;

/** Summaries of notebooks: asked for by imports that end and by owners, made by a worker. */
export class SummaryService {
  constructor(
    private readonly database: Database,
    private readonly events: AssistantEvents,
  ) {}

  /** Those of the notebooks' summaries that the viewer may read; NOT in order. */
  async findMany(viewer: Viewer | null, notebookIds: readonly string[]): Promise<SummaryEntity[]> {
    requireViewer(viewer);
    const possible = notebookIds.filter((id) => validate(id));
    const summaries = await summaryRepository.findByNotebooks(this.database.manager, possible);
    return summaries.filter((summary) => canReadSummary(viewer, summary));
  }

  /**
   * Summarises a notebook anew. NOT_FOUND for another's and for one without any text, RATE_LIMITED while a summary of it
   * is being made.
   */
  async request(viewer: Viewer | null, notebookId: string): Promise<SummaryEntity> {
    requireViewer(viewer);
    return this.database.transaction(async (manager) => {
      const summary = validate(notebookId) ? await summaryRepository.lock(manager, notebookId) : null;
      if (!summary || !canReadSummary(viewer, summary)) throw new NotFoundError('notebook with text', notebookId);
      if (summary.state === 'RUNNING') throw new RateLimitedError(ASK_AGAIN_SECONDS);
      return this.#begin(manager, summary);
    });
  }

  /** A page's text became known. */
  async keepText(
    manager: EntityManager,
    { notebookId, ownerId, ...page }: PageOfText & { pageId: string; notebookId: string; ownerId: string },
  ): Promise<void> {
    await summaryRepository.keepText(manager, notebookId, page);
    if (page.text.trim() !== '') await summaryRepository.await(manager, notebookId, ownerId);
  }

  /** An import has ended: what there is now is summarised, whatever was being made before. */
  async renew(manager: EntityManager, notebookId: string): Promise<void> {
    // Before the summary is locked: an outcome that is being applied holds its job and waits for the summary.
    await cancelJobs(manager, notebookId);
    const summary = await summaryRepository.lock(manager, notebookId);
    if (summary) await this.#begin(manager, summary);
  }

  /** An import has ended without success: texts that wait for it are summarised all the same. */
  async renewWaiting(manager: EntityManager, notebookId: string): Promise<void> {
    const summary = await summaryRepository.lock(manager, notebookId);
    if (summary?.state === 'WAITING') await this.#begin(manager, summary);
  }

  async forget(manager: EntityManager, notebookId: string): Promise<void> {
    await cancelJobs(manager, notebookId);
    await summaryRepository.forget(manager, notebookId);
  }

  outcomeHandlers(): OutcomeHandler[] {
    return [
      applyOutcome(summariseNotebook, (manager, { notebookId, revision }, outcome) =>
        this.#finish(manager, { notebookId, revision }, outcome),
      ),
    ];
  }

  async #begin(manager: EntityManager, summary: SummaryEntity): Promise<SummaryEntity> {
    const { notebookId } = summary;
    const revision = summary.revision + 1;
    const pages = await summaryRepository.texts(manager, notebookId, SUMMARISED_CHARACTERS);
    const begun: SummaryEntity = { ...summary, revision, state: 'RUNNING', error: null, updatedAt: new Date() };
    await summaryRepository.begin(manager, begun);
    const sent = pages.map(({ number, text }) => ({ number, text: keptText(text) }));
    await enqueue(manager, summariseNotebook, notebookId, [{ notebookId, revision, pages: sent }]);
    this.events.summaryRequested(notebookId, revision);
    return begun;
  }

  async #finish(
    manager: EntityManager,
    of: { notebookId: string; revision: number },
    outcome: TaskOutcome<typeof summariseNotebook>,
  ): Promise<void> {
    const finished = await summaryRepository.finish(manager, of, summaryOf(outcome));
    if (!finished) return;
    const { notebookId } = of;
    if (outcome.status !== 'succeeded') {
      this.events.summaryFailed(notebookId, outcome.status === 'failed' ? outcome.error.code : 'CANCELLED');
      return;
    }
    await publish(manager, summaryReady, notebookId, { notebookId, ownerId: finished.ownerId });
    this.events.summaryReady(notebookId, outcome.result.engine);
  }
}

function summaryOf(outcome: TaskOutcome<typeof summariseNotebook>): SummaryOutcome {
  if (outcome.status === 'succeeded') return { state: 'READY', error: null, ...keptSummary(outcome.result) };
  if (outcome.status === 'cancelled') {
    return { state: 'FAILED', error: { code: 'CANCELLED', message: 'The job was cancelled.' } };
  }
  const { code, message } = outcome.error;
  return { state: 'FAILED', error: { code, message: keptText(message) } };
}
