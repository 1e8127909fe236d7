import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { LIMITS, type SourceDocument } from '@terakoya/common/contracts';
import { SchoolError } from '@terakoya/common/errors';
import type { ObjectStorage } from '@terakoya/common/storage';

/** Documents on this machine's disk, so that the pages of one import fetch it once. */
export interface DocumentCache {
  /** The path of the document's bytes, verified by SHA-256. */
  fetch(document: SourceDocument): Promise<string>;
  close(): Promise<void>;
}

/** At 20 MB each, the cache takes at most 320 MB of disk. */
const MOST_DOCUMENTS = 16;

export async function createDocumentCache(storage: ObjectStorage): Promise<DocumentCache> {
  const folder = await mkdtemp(join(tmpdir(), 'terakoya-documents-'));
  const known = new Map<string, Promise<string>>();

  const download = async ({ key, sha256 }: SourceDocument): Promise<string> => {
    const bytes = await storage.getBuffer(key, LIMITS.documentBytes);
    if (createHash('sha256').update(bytes).digest('hex') !== sha256) {
      throw new SchoolError('DOCUMENT_CORRUPT', 'The stored bytes are not those that were uploaded.');
    }
    const path = join(folder, sha256);
    await writeFile(path, bytes);
    return path;
  };

  return {
    fetch(document) {
      const { sha256 } = document;
      const fetching = known.get(sha256) ?? download(document);
      known.delete(sha256);
      known.set(sha256, fetching); // the one used last is forgotten last
      fetching.catch(() => known.delete(sha256));
      forgetOldest(known);
      return fetching;
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

function forgetOldest(known: Map<string, Promise<string>>): void {
  const [oldest] = known;
  if (!oldest || known.size <= MOST_DOCUMENTS) return;
  known.delete(oldest[0]);
  oldest[1].then((path) => rm(path, { force: true })).catch(() => undefined); // what could not be fetched left no file
}
