import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

import type { RecordedSegment } from '@terakoya/common/contracts';
import { isSchoolError } from '@terakoya/common/errors';
import type { ObjectStorage } from '@terakoya/common/storage';

import type { LocalSegment } from './local-segment';
import type { FfmpegContext } from './run-ffmpeg';

const AT_ONCE = 4;
/** Every Matroska file begins so (RFC 8794, 11.2.1). */
const EBML = Buffer.from([0x1a, 0x45, 0xdf, 0xa3]);

/** Brings the segments here; those that are not in the store, or are not what was told of them, are left out. */
export async function fetchSegments(
  storage: Pick<ObjectStorage, 'get'>,
  segments: readonly RecordedSegment[],
  { folder, signal }: FfmpegContext,
): Promise<LocalSegment[]> {
  const fetched: (LocalSegment | undefined)[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < segments.length; index = next++) {
      const segment = segments[index];
      if (!segment) return;
      const path = join(folder, `segment-${index}.mkv`);
      if (await fetchOne(storage, segment, path, signal)) fetched[index] = { ...segment, path };
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return fetched.filter((segment) => segment !== undefined);
}

async function fetchOne(
  storage: Pick<ObjectStorage, 'get'>,
  { key, size }: RecordedSegment,
  path: string,
  signal: AbortSignal,
): Promise<boolean> {
  signal.throwIfAborted();
  try {
    await pipeline(await storage.get(key), createWriteStream(path), { signal });
  } catch (error) {
    if (isSchoolError(error) && error.code === 'NOT_FOUND') return false;
    throw error;
  }
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(EBML.length), 0, EBML.length, 0);
    return buffer.equals(EBML) && (await file.stat()).size === size;
  } finally {
    await file.close();
  }
}
