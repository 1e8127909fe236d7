import { type EntityManager, In, IsNull } from 'typeorm';

import { possibleIds } from '@terakoya/common/database';

import { TrackEntity } from './track.entity';

/** Tracks in the database. */
export const trackRepository = {
  findByIds: (manager: EntityManager, ids: readonly string[]): Promise<TrackEntity[]> =>
    manager.findBy(TrackEntity, { id: In(possibleIds(ids)) }),

  /** Tracks that go on. */
  liveOf: (manager: EntityManager, participantIds: readonly string[]): Promise<TrackEntity[]> =>
    manager.find(TrackEntity, {
      where: { participantId: In([...participantIds]), endedAt: IsNull() },
      order: { startedAt: 'ASC', id: 'ASC' },
    }),

  /** A track of the meeting that goes on. */
  findLive: (manager: EntityManager, meetingId: string, id: string): Promise<TrackEntity | null> =>
    manager.findOneBy(TrackEntity, { id, meetingId, endedAt: IsNull() }),

  /** Those of the tracks that go on in the meeting. */
  findLiveMany: (manager: EntityManager, meetingId: string, ids: readonly string[]): Promise<TrackEntity[]> =>
    manager.findBy(TrackEntity, { id: In(possibleIds(ids)), meetingId, endedAt: IsNull() }),

  async insert(manager: EntityManager, track: TrackEntity): Promise<void> {
    await manager.insert(TrackEntity, track);
  },

  async setPaused(manager: EntityManager, ids: readonly string[], isPaused: boolean): Promise<void> {
    await manager.update(TrackEntity, { id: In([...ids]) }, { isPaused });
  },

  async end(manager: EntityManager, ids: readonly string[], endedAt: Date): Promise<void> {
    await manager.update(TrackEntity, { id: In([...ids]) }, { endedAt });
  },
};
