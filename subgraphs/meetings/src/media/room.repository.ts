import { type EntityManager, In } from 'typeorm';

import { RoomEntity } from './room.entity';

/** Which media nodes have a part of which meeting. */
export const roomRepository = {
  ofMeeting: (manager: EntityManager, meetingId: string): Promise<RoomEntity[]> =>
    manager.findBy(RoomEntity, { meetingId }),

  find: (manager: EntityManager, meetingId: string, nodeId: string): Promise<RoomEntity | null> =>
    manager.findOneBy(RoomEntity, { meetingId, nodeId }),

  findMany: (manager: EntityManager, meetingId: string, nodeIds: readonly string[]): Promise<RoomEntity[]> =>
    manager.findBy(RoomEntity, { meetingId, nodeId: In([...nodeIds]) }),

  onNode: (manager: EntityManager, nodeId: string): Promise<RoomEntity[]> => manager.findBy(RoomEntity, { nodeId }),

  /** The rooms on other nodes than these, at most so many. */
  onOtherNodes: (manager: EntityManager, nodeIds: readonly string[], limit: number): Promise<RoomEntity[]> =>
    manager
      .createQueryBuilder(RoomEntity, 'room')
      .where('NOT (room.node_id = ANY(:nodeIds))', { nodeIds: [...nodeIds] })
      .take(limit)
      .getMany(),

  async insert(manager: EntityManager, room: RoomEntity): Promise<void> {
    await manager.insert(RoomEntity, room);
  },

  /** Forgets this very life of the room; false when it was forgotten before. */
  async remove(manager: EntityManager, { meetingId, nodeId, epoch }: Omit<RoomEntity, 'controlUrl'>): Promise<boolean> {
    const { affected } = await manager.delete(RoomEntity, { meetingId, nodeId, epoch });
    return affected === 1;
  },
};
