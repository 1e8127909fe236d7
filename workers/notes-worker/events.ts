import type { Logger } from '@terakoya/common/logging';
import { counter } from '@terakoya/common/telemetry';

export type NotesWorkerEvents = ReturnType<typeof createNotesWorkerEvents>;

/** The business events of notes-worker: counts, and log lines with ids. */
export function createNotesWorkerEvents(logger: Logger) {
  const inspected = counter('terakoya_documents_inspected_total', 'Documents that can be imported.', ['type']);
  const refused = counter('terakoya_documents_refused_total', 'Documents that cannot be imported, by reason.', [
    'code',
  ]);
  const rendered = counter('terakoya_pages_rendered_total', 'Pages rendered, by where their text comes from.', [
    'text',
  ]);
  return {
    documentInspected(importId: string, contentType: string, pages: number) {
      inspected.inc({ type: contentType });
      logger.info({ importId, contentType, pages }, 'document-inspected');
    },
    documentRefused(importId: string, code: string) {
      refused.inc({ code });
      logger.warn({ importId, code }, 'document-refused');
    },
    pageRendered(pageId: string, importId: string, hasText: boolean) {
      rendered.inc({ text: hasText ? 'embedded' : 'to-be-read' });
      logger.debug({ pageId, importId, hasText }, 'page-rendered');
    },
  };
}
