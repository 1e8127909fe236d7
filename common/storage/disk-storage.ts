import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';

import { z } from 'zod';

import type { Secret } from '../config';
import { LimitExceededError, NotFoundError, systemCodeOf } from '../errors';
import { requireKey, requirePrefix } from './keys';
import { countFiles, filesIn } from './files-in';
import type { ObjectStorage, StoredObject } from './storage';
import { type Grant, isSignedGrant, signGrant, uploadBound } from './url-signature';

export interface DiskStorageOptions {
  readonly directory: string;
  /** Base of signed URLs; may be learnt later by `servedAt`. */
  readonly publicUrl: string;
  readonly secret: Secret;
}

/** Files in a folder behind the storage port: what `npm start` uses when no S3 endpoint is named. */
export interface DiskStorage extends ObjectStorage {
  /** Tells where the object server listens, when that was not known before. */
  servedAt(publicUrl: string): void;
  isGranted(grant: Grant, signature: string): boolean;
  /** The file that holds an object. */
  pathOf(key: string): string;
  /** Where an upload is written until it is whole, and how it then takes its place. */
  beginPut(
    key: string,
    contentType: string,
  ): Promise<{ path: string; commit(): Promise<void>; abort(): Promise<void> }>;
}

const typeSchema = z.object({ contentType: z.string() });

/** The object `a/b` is the file `objects/a/b`, its type the file `types/a/b`. */
export function createDiskStorage(options: DiskStorageOptions): DiskStorage {
  let publicUrl = options.publicUrl;
  const pathOf = (key: string): string => join(options.directory, 'objects', requireKey(key));
  const typePathOf = (key: string): string => join(options.directory, 'types', requireKey(key));

  const whole = async (key: string, contentType: string, write: (path: string) => Promise<void>): Promise<void> => {
    const target = await storage.beginPut(key, contentType);
    try {
      await write(target.path);
      await target.commit();
    } catch (error) {
      await target.abort();
      throw error;
    }
  };
  const storage: DiskStorage = {
    put: (key, body, contentType) => whole(key, contentType, (path) => writeFile(path, body)),
    putFile: (key, file, contentType) => whole(key, contentType, (path) => copyFile(file, path)),
    async beginPut(key, contentType) {
      const temporary = join(options.directory, 'incoming', randomBytes(12).toString('hex'));
      await mkdir(dirname(temporary), { recursive: true });
      return {
        path: temporary,
        abort: () => rm(temporary, { force: true }),
        async commit() {
          await sync(temporary);
          await mkdir(dirname(typePathOf(key)), { recursive: true });
          await mkdir(dirname(pathOf(key)), { recursive: true });
          await writeFile(typePathOf(key), JSON.stringify({ contentType }));
          await rename(temporary, pathOf(key));
        },
      };
    },
    get: async (key) => openStream(pathOf(key), key),
    async getBuffer(key, maxBytes) {
      const found = await storage.stat(key);
      if (!found) throw new NotFoundError('object', key);
      if (found.size > maxBytes) throw new LimitExceededError(`The object has more than ${maxBytes} bytes.`);
      return readFile(pathOf(key));
    },
    stat: async (key) => statOf(pathOf(key), typePathOf(key)),
    async delete(key) {
      await rm(pathOf(key), { force: true });
      await rm(typePathOf(key), { force: true });
    },
    deletePrefix: (prefix) =>
      removeFolders([pathOf, typePathOf].map((place) => place(requirePrefix(prefix).slice(0, -1)))),
    list: () => filesIn(join(options.directory, 'objects')),
    ...signing(options.secret, () => publicUrl),
    pathOf,
    isGranted: (grant, signature) => isSignedGrant(options.secret, grant, signature),
    servedAt: (url) => void (publicUrl = url),
    ready: async () => void (await mkdir(join(options.directory, 'objects'), { recursive: true })),
    close: () => Promise.resolve(),
  };
  return storage;
}

/** Removes folders with all that is in them; returns how many files there were in the first. */
async function removeFolders(folders: readonly string[]): Promise<number> {
  const count = await countFiles(folders[0] ?? '');
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
  return count;
}

/** Signed URLs are made when they are asked for, because the base may be learnt after the start. */
function signing(secret: Secret, publicUrl: () => string): Pick<ObjectStorage, 'signUpload' | 'signDownload'> {
  const urlOf = (grant: Grant): string => {
    const query = new URLSearchParams({ expires: String(grant.expires), signature: signGrant(secret, grant) });
    if (grant.method === 'GET' && grant.bound !== '') query.set('name', grant.bound);
    return `${publicUrl().replace(/\/$/, '')}/${grant.key}?${query.toString()}`;
  };
  return {
    async signUpload(key, { contentType, size }, expiresInSeconds) {
      const expires = Math.floor(Date.now() / 1000) + expiresInSeconds;
      const grant: Grant = { method: 'PUT', key: requireKey(key), expires, bound: uploadBound(contentType, size) };
      const headers = { 'content-type': contentType, 'content-length': String(size) };
      return { method: 'PUT', url: urlOf(grant), headers, expiresAt: new Date(expires * 1000) };
    },
    async signDownload(key, expiresInSeconds, fileName = '') {
      const expires = Math.floor(Date.now() / 1000) + expiresInSeconds;
      const grant: Grant = { method: 'GET', key: requireKey(key), expires, bound: fileName };
      return { url: urlOf(grant), expiresAt: new Date(expires * 1000) };
    },
  };
}

async function statOf(path: string, typePath: string): Promise<StoredObject | null> {
  try {
    const [found, type] = await Promise.all([stat(path), readFile(typePath, 'utf8')]);
    const { contentType } = typeSchema.parse(JSON.parse(type));
    return { size: found.size, contentType, modifiedAt: found.mtime };
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

function openStream(path: string, key: string): Promise<Readable> {
  return new Promise((resolve, reject) => {
    const stream = createReadStream(path);
    stream.once('open', () => resolve(stream));
    stream.once('error', (error) => reject(isAbsent(error) ? new NotFoundError('object', key) : error));
  });
}

/** The bytes are on the disk before the name is, so that a crash leaves a whole object or none. */
async function sync(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

function isAbsent(error: unknown): boolean {
  return ['ENOENT', 'EISDIR'].includes(systemCodeOf(error));
}
