import { type EntityManager, In } from 'typeorm';

import { NotesEntity } from './notes.entity';

/** The notes of meetings in the database. */
export const notesRepository = {
  findMany: (manager: EntityManager, meetingIds: readonly string[]): Promise<NotesEntity[]> =>
    manager.findBy(NotesEntity, { meetingId: In([...meetingIds]) }),

  find: (manager: EntityManager, meetingId: string): Promise<NotesEntity | null> =>
    manager.findOneBy(NotesEntity, { meetingId }),

  async save(manager: EntityManager, notes: NotesEntity): Promise<void> {
    await manager.upsert(NotesEntity, notes, ['meetingId']);
  },
};
