import { type StoredImage, renderPage } from '@terakoya/common/contracts';
import { type TaskImplementation, implementTask } from '@terakoya/common/queue';
import type { ObjectStorage } from '@terakoya/common/storage';

import { orAborted } from '../../abortable';
import type { DocumentCache } from '../../notes-worker/document-cache';
import type { NotesWorkerEvents } from '../../notes-worker/events';
import type { DocumentThreads, EncodedImage } from '../document-threads';

export interface RenderPageNeeds {
  readonly documents: DocumentCache;
  readonly threads: DocumentThreads;
  readonly storage: ObjectStorage;
  readonly events: NotesWorkerEvents;
}

/**
 * Makes a page's images and finds its embedded text. Idempotent: run again, it puts the same objects under the same
 * keys.
 */
export function createRenderPage({ documents, threads, storage, events }: RenderPageNeeds): TaskImplementation {
  return implementTask(renderPage, async ({ importId, pageId, number, document, keyPrefix }, run) => {
    const { contentType, sha256 } = document;
    const page = await documents.use(document, run.signal, (path) =>
      threads.render({ path, contentType, sha256 }, number, run),
    );
    const store = (name: string, image: EncodedImage): Promise<StoredImage> =>
      storeImage(storage, `${keyPrefix.replace(/\/$/, '')}/${name}`, image, run.signal);
    const [preview, thumbnail, scan] = await Promise.all([
      store('preview', page.preview),
      store('thumbnail', page.thumbnail),
      page.scan ? store('scan', page.scan) : null,
    ]);
    events.pageRendered(pageId, importId, page.text !== null);
    return { preview, thumbnail, text: page.text, scan };
  });
}

async function storeImage(
  storage: ObjectStorage,
  key: string,
  { bytes, contentType, width, height }: EncodedImage,
  signal: AbortSignal,
): Promise<StoredImage> {
  signal.throwIfAborted();
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  await orAborted(signal, storage.put(key, body, contentType));
  return { key, contentType, width, height, size: bytes.byteLength };
}
