import { inspectDocument } from '@terakoya/common/contracts';
import { classifyError, isSchoolError } from '@terakoya/common/errors';
import { type TaskImplementation, implementTask } from '@terakoya/common/queue';

import type { DocumentCache } from '../../notes-worker/document-cache';
import type { NotesWorkerEvents } from '../../notes-worker/events';
import type { DocumentThreads } from '../document-threads';

export interface InspectDocumentNeeds {
  readonly documents: DocumentCache;
  readonly threads: DocumentThreads;
  readonly events: NotesWorkerEvents;
}

/** Finds the pages of a document, or says in its own error code why it cannot be imported. */
export function createInspectDocument({ documents, threads, events }: InspectDocumentNeeds): TaskImplementation {
  return implementTask(inspectDocument, async ({ importId, document }, run) => {
    try {
      const { contentType, sha256 } = document;
      const pages = await documents.use(document, run.signal, (path) =>
        threads.inspect({ path, contentType, sha256 }, run),
      );
      events.documentInspected(importId, contentType, pages.length);
      return { pages: [...pages] };
    } catch (error) {
      if (isSchoolError(error) && classifyError(error) === 'permanent') events.documentRefused(importId, error.code);
      throw error;
    }
  });
}
