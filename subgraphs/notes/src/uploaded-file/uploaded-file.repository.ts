import type { EntityManager } from 'typeorm';

import { UploadedFileEntity } from './uploaded-file.entity';

export const uploadedFileRepository = {
  find: (manager: EntityManager, fileId: string): Promise<UploadedFileEntity | null> =>
    manager.findOneBy(UploadedFileEntity, { fileId }),

  async keep(manager: EntityManager, file: UploadedFileEntity): Promise<void> {
    await manager.upsert(UploadedFileEntity, file, ['fileId']);
  },

  async forget(manager: EntityManager, fileId: string): Promise<void> {
    await manager.delete(UploadedFileEntity, { fileId });
  },
};
