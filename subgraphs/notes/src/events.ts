import type { Logger } from '@terakoya/common/logging';
import { counter, histogram } from '@terakoya/common/telemetry';

export type NoteEvents = ReturnType<typeof createNoteEvents>;

const IMPORT_SECONDS = [1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600, 1_800];

/** What a document is refused for: whoever gave it must give another one. */
const REFUSED = /^(DOCUMENT_|FILE_NOT_FOUND|LIMIT_EXCEEDED)/;

/** The business events of notes: each a count and a log line with ids, never a title or a text. */
export function createNoteEvents(logger: Logger) {
  const happened = counter('terakoya_note_events_total', 'Notebook and import events by kind.', ['kind']);
  const took = histogram(
    'terakoya_import_seconds',
    'From the start of an import to its end, by outcome: completed, refused (the document), failed (ours) or cancelled.',
    ['outcome'],
    IMPORT_SECONDS,
  );
  const ended = (outcome: string, startedAt: Date): void =>
    took.observe({ outcome }, Math.max(0, Date.now() - startedAt.getTime()) / 1000);
  const tell = (kind: string, facts: object): void => {
    happened.inc({ kind });
    logger.info(facts, kind);
  };
  return {
    notebookCreated: (notebookId: string) => tell('notebook-created', { notebookId }),
    notebookDeleted: (notebookId: string) => tell('notebook-deleted', { notebookId }),
    importStarted: (importId: string, fileId: string) => tell('import-started', { importId, fileId }),
    importRetried: (importId: string) => tell('import-retried', { importId }),
    importCancelled(importId: string, startedAt: Date) {
      ended('cancelled', startedAt);
      tell('import-cancelled', { importId });
    },
    importCompleted(importId: string, startedAt: Date, pages: number) {
      ended('completed', startedAt);
      tell('import-completed', { importId, pages });
    },
    importFailed(importId: string, startedAt: Date, code: string) {
      ended(REFUSED.test(code) ? 'refused' : 'failed', startedAt);
      tell('import-failed', { importId, code });
    },
    pageFailed: (pageId: string, code: string) => tell('page-failed', { pageId, code }),
  };
}
