import { createHash } from 'node:crypto';

import { BadInputError, SchoolError } from '@terakoya/common/errors';
import type { ObjectStorage } from '@terakoya/common/storage';

import { type FileEntity, storageKeyOf } from './file.entity';
import { MAGIC_BYTES, typeOfBytes } from './magic-bytes';

/**
 * Checks that what was uploaded is what was announced: size, type by its first bytes, SHA-256. Reads the object once,
 * as a stream. FILE_NOT_FOUND when nothing was uploaded, DOCUMENT_TYPE_MISMATCH or BAD_USER_INPUT when it differs.
 */
export async function verifyUpload(storage: ObjectStorage, file: FileEntity): Promise<void> {
  const key = storageKeyOf(file);
  const found = await storage.stat(key);
  if (!found)
    throw new SchoolError('FILE_NOT_FOUND', 'Nothing was uploaded yet: put the bytes to the upload URL first.');
  if (found.size !== file.size) throw new BadInputError('size', `is ${found.size} bytes, announced were ${file.size}`);
  const hash = createHash('sha256');
  let head = Buffer.alloc(0);
  for await (const chunk of (await storage.get(key)) as AsyncIterable<Buffer>) {
    if (head.byteLength < MAGIC_BYTES) head = Buffer.concat([head, chunk]).subarray(0, MAGIC_BYTES);
    hash.update(chunk);
  }
  const type = typeOfBytes(head);
  if (type !== file.contentType) {
    throw new SchoolError(
      'DOCUMENT_TYPE_MISMATCH',
      `The bytes are ${type ?? 'of an unknown type'}, but the file was announced as ${file.contentType}.`,
    );
  }
  if (hash.digest('hex') !== file.sha256)
    throw new BadInputError('sha256', 'does not fit the bytes that were uploaded');
}
