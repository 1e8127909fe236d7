import { type StoredImage, renderPage } from '@terakoya/common/contracts';
import { SchoolError, isSchoolError } from '@terakoya/common/errors';
import type { Pool } from '@terakoya/common/pool';
import { type TaskImplementation, implementTask } from '@terakoya/common/queue';
import type { ObjectStorage } from '@terakoya/common/storage';

import type { EncodedImage, RenderedPage } from '../../documents/render';
import type { DocumentTask } from '../../documents/thread';
import type { DocumentCache } from '../../notes-worker/document-cache';

/** A page that takes longer is a bomb or as good as one. */
const THREAD_MS = 30_000;

interface Parts {
  readonly storage: ObjectStorage;
  readonly documents: DocumentCache;
  readonly pool: Pool;
}

/** Renders a page and stores its images; run again it stores the same under the same keys. */
export function createRenderPage({ storage, documents, pool }: Parts): TaskImplementation {
  return implementTask(renderPage, async ({ document, number, keyPrefix }, { signal }) => {
    const { sha256, contentType } = document;
    const path = await documents.fetch(document);
    const task: DocumentTask = { kind: 'render', document: { path, sha256, contentType }, number };
    const rendered = await pool.run<RenderedPage>(task, { signal, timeoutMs: THREAD_MS }).catch(tooSlow);
    const store = (name: string, image: EncodedImage): Promise<StoredImage> =>
      storeImage(storage, `${keyPrefix}/${name}.jpg`, image);
    const [preview, thumbnail, scan] = await Promise.all([
      store('preview', rendered.preview),
      store('thumbnail', rendered.thumbnail),
      rendered.scan ? store('scan', rendered.scan) : null,
    ]);
    return { preview, thumbnail, scan, text: rendered.text };
  });
}

async function storeImage(
  storage: ObjectStorage,
  key: string,
  { bytes, contentType, width, height }: EncodedImage,
): Promise<StoredImage> {
  await storage.put(key, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), contentType);
  return { key, contentType, width, height, size: bytes.byteLength };
}

/** Rendering the same page again takes as long: it is not tried again. */
function tooSlow(error: unknown): never {
  if (isSchoolError(error) && error.code === 'TIMED_OUT') {
    throw new SchoolError('DOCUMENT_TOO_COMPLEX', `The page takes longer than ${THREAD_MS / 1000} s to render.`, {
      cause: error,
    });
  }
  throw error;
}
