import { inspectDocument } from '@terakoya/common/contracts';
import type { Pool } from '@terakoya/common/pool';
import { type TaskImplementation, implementTask } from '@terakoya/common/queue';

import type { FoundPage } from '../../documents/inspect';
import type { DocumentTask } from '../../documents/thread';
import type { DocumentCache } from '../../notes-worker/document-cache';

const THREAD_MS = 30_000;

export function createInspectDocument({
  documents,
  pool,
}: {
  documents: DocumentCache;
  pool: Pool;
}): TaskImplementation {
  return implementTask(inspectDocument, async ({ document }, { signal }) => {
    const { sha256, contentType } = document;
    const path = await documents.fetch(document);
    const task: DocumentTask = { kind: 'inspect', document: { path, sha256, contentType } };
    return { pages: await pool.run<FoundPage[]>(task, { signal, timeoutMs: THREAD_MS }) };
  });
}
