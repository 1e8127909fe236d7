import { v7 as uuid } from 'uuid';

import { type Viewer, requireViewer } from '@terakoya/common/auth';
import { type AcceptedType, LIMITS, acceptedTypeSchema, fileCompleted, fileDeleted } from '@terakoya/common/contracts';
import { type Database, type Page, type PageRequest, decodeCursor, pageOf } from '@terakoya/common/database';
import { LimitExceededError, NotFoundError, SchoolError } from '@terakoya/common/errors';
import { publish } from '@terakoya/common/outbox';
import type { ObjectStorage, SignedUpload } from '@terakoya/common/storage';

import type { FileEvents } from '../events';
import { type FileEntity, storageKeyOf } from './file.entity';
import { canUseFile } from './file.policy';
import { fileRepository } from './file.repository';
import { verifyUpload } from './verify-upload';

const UPLOAD_SECONDS = 15 * 60;
const DOWNLOAD_SECONDS = 5 * 60;
const ABANDONED_MS = 24 * 60 * 60 * 1000;

export interface NewFile {
  readonly name: string;
  readonly contentType: string;
  readonly size: number;
  readonly sha256: string;
}

/** Uploaded documents: announced, put by a signed URL, verified, and then known to the other domains. */
export class FileService {
  constructor(
    private readonly database: Database,
    private readonly storage: ObjectStorage,
    private readonly events: FileEvents,
    private readonly quotaBytes: number,
  ) {}

  /** Announces a file and gives leave to put its bytes. */
  async createUpload(viewer: Viewer | null, input: NewFile): Promise<{ file: FileEntity; upload: SignedUpload }> {
    const { userId } = requireViewer(viewer);
    const contentType = requireDocument(input);
    const file: FileEntity = {
      ...input,
      contentType,
      id: uuid(),
      ownerId: userId,
      state: 'UPLOADING',
      createdAt: new Date(),
    };
    await this.database.transaction(async (manager) => {
      await fileRepository.lockOwner(manager, userId);
      const used = await fileRepository.usedBytes(manager, userId);
      if (used + file.size > this.quotaBytes) {
        throw new LimitExceededError(`Your storage is full: ${used} of ${this.quotaBytes} bytes are used.`, {
          field: 'size',
          usedBytes: used,
          limitBytes: this.quotaBytes,
        });
      }
      await fileRepository.insert(manager, file);
    });
    const upload = await this.storage.signUpload(storageKeyOf(file), file, UPLOAD_SECONDS);
    this.events.uploadBegun(file.id, userId);
    return { file, upload };
  }

  /** Verifies what was uploaded and tells the other domains; completing twice is completing once. */
  async complete(viewer: Viewer | null, fileId: string): Promise<FileEntity> {
    const file = await this.#require(viewer, fileId);
    if (file.state === 'READY') return file;
    try {
      await verifyUpload(this.storage, file);
    } catch (error) {
      if (error instanceof SchoolError && error.code !== 'FILE_NOT_FOUND')
        await this.storage.delete(storageKeyOf(file));
      throw error;
    }
    await this.database.transaction(async (manager) => {
      const locked = await fileRepository.lock(manager, fileId);
      if (locked?.state !== 'UPLOADING') return;
      await fileRepository.setReady(manager, fileId);
      const { ownerId, name, contentType, size, sha256 } = file;
      await publish(manager, fileCompleted, fileId, {
        fileId,
        ownerId,
        name,
        contentType,
        size,
        sha256,
        key: storageKeyOf(file),
      });
    });
    this.events.completed(fileId, file.ownerId, file.size);
    return { ...file, state: 'READY' };
  }

  async delete(viewer: Viewer | null, fileId: string): Promise<void> {
    const file = await this.#require(viewer, fileId);
    await this.database.transaction(async (manager) => {
      await fileRepository.delete(manager, fileId);
      await publish(manager, fileDeleted, fileId, { fileId, ownerId: file.ownerId });
    });
    await this.storage.delete(storageKeyOf(file));
    this.events.deleted(fileId, file.ownerId);
  }

  /** Those of the files that the viewer may see; not in order. */
  async findMany(viewer: Viewer | null, ids: readonly string[]): Promise<FileEntity[]> {
    const files = await fileRepository.findMany(this.database.manager, ids);
    return files.filter((file) => canUseFile(viewer, file));
  }

  async list(viewer: Viewer | null, { first, after }: PageRequest): Promise<Page<FileEntity>> {
    const { userId } = requireViewer(viewer);
    const [before] = decodeCursor(after) ?? [];
    const rows = await fileRepository.list(this.database.manager, userId, first, before?.toString());
    return pageOf(rows, first, (file) => [file.id]);
  }

  async quota(viewer: Viewer | null): Promise<{ usedBytes: number; limitBytes: number }> {
    const { userId } = requireViewer(viewer);
    return { usedBytes: await fileRepository.usedBytes(this.database.manager, userId), limitBytes: this.quotaBytes };
  }

  /** A URL of five minutes; null until the file is READY. */
  async downloadUrl(file: FileEntity): Promise<string | null> {
    if (file.state !== 'READY') return null;
    return (await this.storage.signDownload(storageKeyOf(file), DOWNLOAD_SECONDS, file.name)).url;
  }

  /** Forgets uploads that were begun a day ago and never completed. */
  async removeAbandoned(): Promise<number> {
    const abandoned = await fileRepository.findAbandoned(this.database.manager, new Date(Date.now() - ABANDONED_MS));
    for (const file of abandoned) {
      await this.storage.delete(storageKeyOf(file));
      await fileRepository.delete(this.database.manager, file.id);
    }
    return abandoned.length;
  }

  async #require(viewer: Viewer | null, fileId: string): Promise<FileEntity> {
    const file = await fileRepository.find(this.database.manager, fileId);
    if (!file || !canUseFile(requireViewer(viewer), file)) throw new NotFoundError('file', fileId);
    return file;
  }
}

/** The rules of a document before a byte of it is sent. */
function requireDocument({ contentType, size }: NewFile): AcceptedType {
  const type = acceptedTypeSchema.safeParse(contentType);
  if (!type.success)
    throw documentError(
      'DOCUMENT_TYPE_UNSUPPORTED',
      'contentType',
      `Only PDF, JPEG and PNG can be uploaded, not ${contentType}.`,
    );
  if (size === 0) throw documentError('DOCUMENT_EMPTY', 'size', 'The file has no bytes.');
  if (size > LIMITS.documentBytes) {
    throw documentError(
      'DOCUMENT_TOO_LARGE',
      'size',
      `The file has ${size} bytes; at most ${LIMITS.documentBytes} (20 MB) can be uploaded.`,
    );
  }
  return type.data;
}

function documentError(
  code: 'DOCUMENT_TYPE_UNSUPPORTED' | 'DOCUMENT_EMPTY' | 'DOCUMENT_TOO_LARGE',
  field: string,
  message: string,
): SchoolError {
  return new SchoolError(code, message, { details: { field } });
}
