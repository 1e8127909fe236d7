import type { Logger } from '@terakoya/common/logging';
import { counter, histogram } from '@terakoya/common/telemetry';

export type NotesEvents = ReturnType<typeof createNotesEvents>;

/** The business events of notes: each a count and, where it is rare enough, a log line with ids. */
export function createNotesEvents(logger: Logger) {
  const happened = counter('terakoya_notes_events_total', 'Notes events by kind.', ['kind']);
  const pages = counter('terakoya_pages_total', 'Pages by what was done.', ['done']);
  const duration = histogram(
    'terakoya_import_seconds',
    'From asking for an import to its end.',
    ['state'],
    [1, 2, 5, 10, 30, 60, 120, 300, 900],
  );
  const tell = (kind: string, facts: object): void => {
    happened.inc({ kind });
    logger.info(facts, kind);
  };
  return {
    notebookCreated: (notebookId: string, userId: string) => tell('notebook-created', { notebookId, userId }),
    notebookDeleted: (notebookId: string, userId: string) => tell('notebook-deleted', { notebookId, userId }),
    importStarted: (importId: string, userId: string) => tell('import-started', { importId, userId }),
    importCancelled: (importId: string) => tell('import-cancelled', { importId }),
    importFailed: (importId: string, code: string) => tell('import-failed', { importId, code }),
    importFinished: (importId: string, state: string, seconds: number) => {
      duration.observe({ state }, seconds);
      tell('import-finished', { importId, state, seconds });
    },
    pageRendered: () => pages.inc({ done: 'rendered' }),
    pageRead: (source: string) => pages.inc({ done: `read-${source.toLowerCase()}` }),
    pageFailed: (pageId: string, code: string) => {
      pages.inc({ done: 'failed' });
      logger.warn({ pageId, code }, 'page-failed');
    },
  };
}
