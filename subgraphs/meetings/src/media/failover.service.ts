import { nodeDraining, roomLost } from '@terakoya/common/contracts';
import type { Database } from '@terakoya/common/database';
import { isSchoolError } from '@terakoya/common/errors';
import { type EventHandler, onEvent } from '@terakoya/common/streams';

import type { MeetingEvents } from '../events';
import type { MeetingWork } from '../meeting/meeting-work';
import { participantRepository } from '../participant/participant.repository';
import { tellParticipant } from '../telling';
import { closeRoom } from './effects';
import type { RoomEntity } from './room.entity';
import { roomRepository } from './room.repository';
import { trackRepository } from './track.repository';
import { endTracks } from './tracks';

/** Rooms looked at in one round. */
const ROUND = 100;

/** Moves participants away from media nodes that are gone, or go. */
export class FailoverService {
  /** Nodes that were not among the living the last time either. */
  #missing = new Set<string>();

  constructor(
    private readonly database: Database,
    private readonly work: MeetingWork,
    private readonly events: MeetingEvents,
  ) {}

  /** What media nodes tell of their rooms. */
  handlers(): EventHandler[] {
    return [
      onEvent(roomLost, ({ room, nodeId }) => this.lose({ ...room, nodeId })),
      onEvent(nodeDraining, ({ nodeId }) => this.leaveNode(nodeId)),
    ];
  }

  /**
   * Given the nodes that live now, loses the rooms of those that are gone. A node must be missed twice: when Redis itself
   * was away, none is known for a moment.
   */
  async watch(living: readonly string[]): Promise<void> {
    const rooms = await roomRepository.onOtherNodes(this.database.manager, living, ROUND);
    const missedAgain = rooms.filter(({ nodeId }) => this.#missing.has(nodeId));
    this.#missing = new Set(rooms.map(({ nodeId }) => nodeId));
    for (const room of missedAgain) await this.lose(room);
  }

  /** The node takes nobody more and is about to end: those on it are asked to come back elsewhere. */
  async leaveNode(nodeId: string): Promise<void> {
    for (const room of await roomRepository.onNode(this.database.manager, nodeId)) await this.lose(room);
  }

  /** A room is gone: its tracks are over, and those who were in it are told to join again. Losing twice is losing once. */
  async lose(room: Omit<RoomEntity, 'controlUrl'>): Promise<void> {
    const { meetingId, nodeId } = room;
    const lost = this.work.run(meetingId, async (scope) => {
      const { manager } = scope;
      const known = await roomRepository.find(manager, meetingId, nodeId);
      if (!known || !(await roomRepository.remove(manager, room))) return 0;
      scope.after(closeRoom(known));
      const participants = await participantRepository.onNode(manager, meetingId, nodeId);
      const ids = participants.map(({ id }) => id);
      await endTracks(manager, await trackRepository.liveOf(manager, ids));
      for (const participant of participants) {
        await participantRepository.update(manager, participant.id, {
          sessionId: null,
          nodeId: null,
          seenAt: new Date(),
        });
        await tellParticipant(manager, participant, 'MEDIA_MOVED');
      }
      this.events.mediaMoved(meetingId, nodeId, participants.length);
      return participants.length;
    });
    await lost.catch((error: unknown) => {
      if (!isSchoolError(error) || error.code !== 'NOT_FOUND') throw error;
    });
  }
}
