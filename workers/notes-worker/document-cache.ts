import { createHash, randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { LIMITS, type SourceDocument } from '@terakoya/common/contracts';
import { SchoolError, isSchoolError } from '@terakoya/common/errors';
import { type Closable, withTimeout } from '@terakoya/common/lifecycle';
import { createScratchFolder } from '@terakoya/common/scratch';
import type { ObjectStorage } from '@terakoya/common/storage';
import { counter } from '@terakoya/common/telemetry';

import { orAborted } from '../abortable';

/** The bytes of documents on this machine's disk, fetched once however many page jobs ask for them. */
export interface DocumentCache extends Closable {
  /**
   * Runs `work` with the path of the document's bytes, verified by size and SHA-256; the file stays until it ends.
   * Throws FILE_NOT_FOUND, DOCUMENT_EMPTY, DOCUMENT_TOO_LARGE, DOCUMENT_CORRUPT when the bytes are not what they should
   * be, TIMED_OUT when the store is too slow.
   */
  use<T>(document: SourceDocument, signal: AbortSignal, work: (path: string) => Promise<T>): Promise<T>;
}

interface Entry {
  readonly path: string;
  readonly size: number;
  /** Resolves when the file is whole. */
  readonly loaded: Promise<void>;
  users: number;
}

const FETCH_MS = 20_000;
const asked = counter('terakoya_document_cache_total', 'Documents asked of the cache, by result.', ['result']);

/** Keeps at most `maxBytes` of documents that nobody uses, dropping the one that was not used for the longest time. */
export async function createDocumentCache(storage: ObjectStorage, maxBytes: number): Promise<DocumentCache> {
  const folder = await createScratchFolder('documents');
  const entries = new Map<string, Entry>();

  const begin = (document: SourceDocument): Entry => {
    const path = join(folder, randomUUID()); // a name of its own: an older file of the document may be on its way out
    const entry = { path, size: document.size, loaded: load(storage, document, path), users: 0 };
    entry.loaded.catch(() => {
      if (entries.get(nameOf(document)) === entry) entries.delete(nameOf(document));
    });
    return entry;
  };

  const shrink = async (): Promise<void> => {
    let size = [...entries.values()].reduce((sum, entry) => sum + entry.size, 0);
    const unused = [...entries].filter(([, { users }]) => users === 0);
    for (const [name, entry] of unused) {
      if (size <= maxBytes) return;
      entries.delete(name);
      size -= entry.size;
      await rm(entry.path, { force: true });
    }
  };

  return {
    async use(document, signal, work) {
      const name = nameOf(document);
      const found = entries.get(name);
      asked.inc({ result: found ? 'found' : 'fetched' });
      const entry = found ?? begin(document);
      entries.delete(name);
      entries.set(name, entry); // used last, dropped last
      entry.users += 1;
      try {
        await orAborted(signal, entry.loaded);
        return await work(entry.path);
      } finally {
        entry.users -= 1;
        await shrink();
      }
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

/** All that a job claims of a document is part of the name, so that a wrong claim never finds another's bytes. */
function nameOf({ key, size, sha256 }: SourceDocument): string {
  return `${key} ${size} ${sha256}`;
}

async function load(storage: ObjectStorage, document: SourceDocument, path: string): Promise<void> {
  if (document.size === 0) throw new SchoolError('DOCUMENT_EMPTY', 'The document has no bytes.');
  if (document.size > LIMITS.documentBytes) throw tooLarge();
  const bytes = await withTimeout('Fetching the document', FETCH_MS, () =>
    storage.getBuffer(document.key, LIMITS.documentBytes),
  ).catch((error: unknown) => {
    throw inTermsOfDocuments(error);
  });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (bytes.byteLength !== document.size || sha256 !== document.sha256)
    throw new SchoolError('DOCUMENT_CORRUPT', 'The stored bytes are not those that were uploaded.');
  await writeFile(path, bytes);
}

function inTermsOfDocuments(error: unknown): unknown {
  if (!isSchoolError(error)) return error;
  if (error.code === 'NOT_FOUND')
    return new SchoolError('FILE_NOT_FOUND', 'The file is no longer in the store.', { cause: error });
  return error.code === 'LIMIT_EXCEEDED' ? tooLarge() : error;
}

function tooLarge(): SchoolError {
  return new SchoolError('DOCUMENT_TOO_LARGE', 'The document is larger than 20 MB.');
}
