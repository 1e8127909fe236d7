import { join } from 'node:path';

import { SchoolError, isSchoolError } from '@terakoya/common/errors';
import type { Closable } from '@terakoya/common/lifecycle';
import { createPool } from '@terakoya/common/pool';
import type { TaskRun } from '@terakoya/common/queue';

import type { DocumentTask } from '../documents/thread';
import type { DocumentPage, DocumentThreads, RenderedPage } from '../tasks/document-threads';

/** How long a document or a page may take in its thread. */
const THREAD_MS = 25_000;
/** What this process may grow by while documents are open. */
const MEMORY_MB = 1_024;

/**
 * Threads that inspect and render documents. A document that is too slow is tried once more, as the machine may have
 * been busy, and then counts as too complex.
 */
export function createDocumentThreads({ threads }: { readonly threads: number }): DocumentThreads & Closable {
  const file = join(__dirname, '..', 'documents', 'thread');
  const pool = createPool({ name: 'documents', file, threads, memoryMb: MEMORY_MB });
  const inThread = async <T>(task: DocumentTask, { signal, attempt }: TaskRun): Promise<T> => {
    try {
      return await pool.run<T>(task, { signal, timeoutMs: THREAD_MS });
    } catch (error) {
      const isTooSlow = isSchoolError(error) && error.code === 'TIMED_OUT' && attempt > 1 && !signal.aborted;
      if (!isTooSlow) throw error;
      throw new SchoolError('DOCUMENT_TOO_COMPLEX', 'It needs more time than a page may take.', { cause: error });
    }
  };
  return {
    inspect: (document, run) => inThread<DocumentPage[]>({ kind: 'inspect', document }, run),
    render: (document, number, run) => inThread<RenderedPage>({ kind: 'render', document, number }, run),
    close: () => pool.close(),
  };
}
