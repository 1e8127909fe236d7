import { type Viewer, requireViewer } from '@terakoya/common/auth';
import { type TaskOutcome, type TaskPayload, summariseNotebook, summaryReady } from '@terakoya/common/contracts';
import type { Database, EntityManager } from '@terakoya/common/database';
import { ConflictError, NotFoundError } from '@terakoya/common/errors';
import { cancelJobs, enqueue, publish } from '@terakoya/common/outbox';

import type { AssistantEvents } from '../events';
import type { PageTextEntity, SummaryEntity } from './summary.entity';
import { canSeeSummary } from './summary.policy';
import { summaryRepository } from './summary.repository';

/** At most so many characters of a notebook are summarised; later pages are left out. */
const MOST_CHARACTERS = 200_000;

/** Summaries and key words of notebooks, made anew whenever an import completes. */
export class SummaryService {
  constructor(
    private readonly database: Database,
    private readonly events: AssistantEvents,
  ) {}

  /** Those of the summaries that the viewer may see; not in order. */
  async findMany(viewer: Viewer | null, notebookIds: readonly string[]): Promise<SummaryEntity[]> {
    const summaries = await summaryRepository.findMany(this.database.manager, notebookIds);
    return summaries.filter((summary) => canSeeSummary(viewer, summary));
  }

  /** Asks for a new summary; CONFLICT while one is being made or when there is no text. */
  async renew(viewer: Viewer | null, notebookId: string): Promise<SummaryEntity> {
    return this.database.transaction(async (manager) => {
      const summary = await summaryRepository.lock(manager, notebookId);
      if (!summary || !canSeeSummary(requireViewer(viewer), summary))
        throw new NotFoundError('notebook with text', notebookId);
      if (summary.state === 'RUNNING') throw new ConflictError('A summary of this notebook is being made already.');
      return this.#ask(manager, summary);
    });
  }

  /** Remembers the text of a page. */
  async pageRead(manager: EntityManager, page: PageTextEntity, ownerId: string): Promise<void> {
    await summaryRepository.insertIfMissing(manager, page.notebookId, ownerId);
    await summaryRepository.keepText(manager, page);
  }

  async importCompleted(manager: EntityManager, notebookId: string): Promise<void> {
    const summary = await summaryRepository.lock(manager, notebookId);
    if (summary) await this.#ask(manager, summary);
  }

  async notebookDeleted(manager: EntityManager, notebookId: string): Promise<void> {
    await cancelJobs(manager, notebookId);
    await summaryRepository.forget(manager, notebookId);
  }

  /** Applies what ai-proxy made, unless a newer summary was asked for meanwhile. */
  async summarised(
    manager: EntityManager,
    { notebookId, revision }: TaskPayload<typeof summariseNotebook>,
    outcome: TaskOutcome<typeof summariseNotebook>,
  ): Promise<void> {
    const summary = await summaryRepository.lock(manager, notebookId);
    if (!summary || summary.revision !== revision || outcome.status === 'cancelled') return;
    if (outcome.status === 'failed') {
      const { code, message } = outcome.error;
      await summaryRepository.save(manager, { ...summary, state: 'FAILED', errorCode: code, errorMessage: message });
      this.events.summaryFailed(notebookId, code);
    } else {
      const { summaries, keywords, language, engine } = outcome.result;
      const made = { ...summaries, keywords, language, engine, errorCode: null, errorMessage: null };
      await summaryRepository.save(manager, { ...summary, ...made, state: 'READY' });
      this.events.summaryReady(notebookId, engine);
    }
    await publish(manager, summaryReady, notebookId, { notebookId, ownerId: summary.ownerId });
  }

  async #ask(manager: EntityManager, summary: SummaryEntity): Promise<SummaryEntity> {
    await cancelJobs(manager, summary.notebookId);
    const texts = await summaryRepository.texts(manager, summary.notebookId);
    const asked: SummaryEntity = { ...summary, revision: summary.revision + 1, state: 'RUNNING' };
    await summaryRepository.save(manager, asked);
    const { notebookId, revision } = asked;
    await enqueue(manager, summariseNotebook, notebookId, [{ notebookId, revision, pages: withinBounds(texts) }]);
    return asked;
  }
}

function withinBounds(texts: readonly PageTextEntity[]): { number: number; text: string }[] {
  let left = MOST_CHARACTERS;
  return texts.flatMap(({ number, text }) => {
    if (left <= 0) return [];
    const kept = text.slice(0, left).toWellFormed();
    left -= kept.length;
    return [{ number, text: kept }];
  });
}
