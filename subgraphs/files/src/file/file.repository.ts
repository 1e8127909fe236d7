import { type EntityManager, In, LessThan, MoreThan } from 'typeorm';

import { FileEntity } from './file.entity';

/** Files in the database; works in whatever transaction the manager belongs to. */
export const fileRepository = {
  findMany: (manager: EntityManager, ids: readonly string[]): Promise<FileEntity[]> =>
    manager.findBy(FileEntity, { id: In([...ids]) }),

  find: (manager: EntityManager, id: string): Promise<FileEntity | null> => manager.findOneBy(FileEntity, { id }),

  lock: (manager: EntityManager, id: string): Promise<FileEntity | null> =>
    manager.findOne(FileEntity, { where: { id }, lock: { mode: 'pessimistic_write' } }),

  /** Newest first; one more than asked for. */
  list: (manager: EntityManager, ownerId: string, first: number, before?: string): Promise<FileEntity[]> =>
    manager.find(FileEntity, {
      where: { ownerId, ...(before === undefined ? {} : { id: LessThan(before) }) },
      order: { id: 'DESC' },
      take: first + 1,
    }),

  /** Serialises the uploads of one owner, so that two cannot both take the last free bytes. */
  async lockOwner(manager: EntityManager, ownerId: string): Promise<void> {
    await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [ownerId]);
  },

  async usedBytes(manager: EntityManager, ownerId: string): Promise<number> {
    return (await manager.sum(FileEntity, 'size', { ownerId })) ?? 0;
  },

  async insert(manager: EntityManager, file: FileEntity): Promise<void> {
    await manager.insert(FileEntity, file);
  },

  async setReady(manager: EntityManager, id: string): Promise<void> {
    await manager.update(FileEntity, { id }, { state: 'READY' });
  },

  async delete(manager: EntityManager, id: string): Promise<void> {
    await manager.delete(FileEntity, { id });
  },

  findAbandoned: (manager: EntityManager, before: Date): Promise<FileEntity[]> =>
    manager.find(FileEntity, {
      where: { state: 'UPLOADING', createdAt: LessThan(before), size: MoreThan(0) },
      take: 100,
    }),
};
