import type { EntityManager } from 'typeorm';

import type { SourceDocument } from '@terakoya/common/contracts';

import { UploadedFileEntity } from './uploaded-file.entity';

/** The projection of uploaded files. */
export const uploadedFileRepository = {
  find: (manager: EntityManager, id: string): Promise<UploadedFileEntity | null> =>
    manager.findOneBy(UploadedFileEntity, { id }),

  async recordCompleted(manager: EntityManager, ownerId: string, document: SourceDocument): Promise<void> {
    await manager.query(
      'INSERT INTO uploaded_file (id, owner_id, document) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING',
      [document.fileId, ownerId, JSON.stringify(document)],
    );
  },

  async recordDeleted(manager: EntityManager, ownerId: string, id: string): Promise<void> {
    await manager.query(
      `INSERT INTO uploaded_file (id, owner_id, deleted_at) VALUES ($1, $2, now())
       ON CONFLICT (id) DO UPDATE SET document = NULL, deleted_at = now()`,
      [id, ownerId],
    );
  },
};
