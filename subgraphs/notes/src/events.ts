import type { Logger } from '@terakoya/common/logging';
import { counter } from '@terakoya/common/telemetry';

export type NoteEvents = ReturnType<typeof createNoteEvents>;

/** The business events of notes: each a count and a log line with ids, never a title or a text. */
export function createNoteEvents(logger: Logger) {
  const happened = counter('terakoya_note_events_total', 'Notebook and import events by kind.', ['kind']);
  const tell = (kind: string, facts: object): void => {
    happened.inc({ kind });
    logger.info(facts, kind);
  };
  return {
    notebookCreated: (notebookId: string) => tell('notebook-created', { notebookId }),
    notebookDeleted: (notebookId: string) => tell('notebook-deleted', { notebookId }),
    importStarted: (importId: string, fileId: string) => tell('import-started', { importId, fileId }),
    importRetried: (importId: string) => tell('import-retried', { importId }),
    importCancelled: (importId: string) => tell('import-cancelled', { importId }),
    importCompleted: (importId: string, pages: number) => tell('import-completed', { importId, pages }),
    importFailed: (importId: string, code: string) => tell('import-failed', { importId, code }),
    pageFailed: (pageId: string, code: string) => tell('page-failed', { pageId, code }),
  };
}
