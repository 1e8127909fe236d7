import type { EntityManager } from 'typeorm';

import { UploadedFileEntity } from './uploaded-file.entity';

/** What is known of completed uploads. */
export const uploadedFileRepository = {
  /**
   * Until the transaction ends nobody else starts an import of this file or hears of its completion: otherwise each could
   * miss the other, and the import would wait for what has already happened.
   */
  async lock(manager: EntityManager, fileId: string): Promise<void> {
    await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [fileId]);
  },

  find: (manager: EntityManager, fileId: string): Promise<UploadedFileEntity | null> =>
    manager.findOneBy(UploadedFileEntity, { fileId }),

  async keep(manager: EntityManager, file: UploadedFileEntity): Promise<void> {
    await manager.upsert(UploadedFileEntity, file, ['fileId']);
  },

  async forget(manager: EntityManager, fileId: string): Promise<void> {
    await manager.delete(UploadedFileEntity, { fileId });
  },
};
