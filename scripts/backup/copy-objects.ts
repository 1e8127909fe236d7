import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';

import { isSchoolError } from '@terakoya/common/errors';
import type { ObjectStorage } from '@terakoya/common/storage';

import { HashingStream } from './hashing';
import { type ObjectCopy, objectPath } from './manifest';

const AT_ONCE = 8;

/** Copies every object of the store into a folder; one that is removed while this goes on is left out. */
export async function copyObjects(storage: ObjectStorage, folder: string): Promise<ObjectCopy[]> {
  const copies: ObjectCopy[] = [];
  await eachAtOnce(storage.list(), async (key) => {
    const copy = await copyObject(storage, key, objectPath(folder, key));
    if (copy) copies.push(copy);
  });
  return copies.sort((one, other) => (one.key < other.key ? -1 : 1));
}

/** Puts the objects of a backup into the store, and removes what is there and not in the backup. */
export async function restoreObjects(
  storage: ObjectStorage,
  folder: string,
  objects: readonly ObjectCopy[],
): Promise<void> {
  await eachAtOnce(objects, ({ key, contentType }) => storage.putFile(key, objectPath(folder, key), contentType));
  const wanted = new Set(objects.map(({ key }) => key));
  await eachAtOnce(storage.list(), async (key) => {
    if (!wanted.has(key)) await storage.delete(key);
  });
}

async function copyObject(storage: ObjectStorage, key: string, path: string): Promise<ObjectCopy | undefined> {
  try {
    const known = await storage.stat(key);
    if (!known) return undefined;
    await mkdir(dirname(path), { recursive: true });
    const hashing = new HashingStream();
    await pipeline(await storage.get(key), hashing, createWriteStream(path, { mode: 0o600 }));
    return { key, contentType: known.contentType, size: hashing.size, sha256: hashing.sha256 };
  } catch (error) {
    if (isSchoolError(error) && error.code === 'NOT_FOUND') return undefined;
    throw error;
  }
}

/** Does the work of all, a few at the same time; the first failure ends it. */
export async function eachAtOnce<T>(
  items: Iterable<T> | AsyncIterable<T>,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const running = new Set<Promise<void>>();
  for await (const item of items) {
    const one = work(item).finally(() => running.delete(one));
    one.catch(() => undefined); // told by whoever waits for it below
    running.add(one);
    if (running.size >= AT_ONCE) await Promise.race(running);
  }
  await Promise.all(running);
}
