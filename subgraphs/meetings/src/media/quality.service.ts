import { mediaCommands } from '@terakoya/common/contracts';
import type { Database } from '@terakoya/common/database';
import type { Logger } from '@terakoya/common/logging';
import type { MediaControl } from '@terakoya/common/media-control';

import type { ParticipantEntity } from '../participant/participant.entity';
import { roomId } from './effects';
import type { ParticipantQuality } from './quality.policy';
import { roomRepository } from './room.repository';

/** Asks media nodes how participants' media goes. */
export class QualityService {
  constructor(
    private readonly database: Database,
    private readonly media: MediaControl,
    private readonly logger: Logger,
  ) {}

  /** Of each participant with media; those whose node cannot tell are left out. One question for each room and node. */
  async of(participants: readonly ParticipantEntity[]): Promise<ParticipantQuality[]> {
    const byRoom = Map.groupBy(
      participants.filter(({ nodeId }) => nodeId !== null),
      ({ meetingId, nodeId }) => `${meetingId} ${nodeId}`,
    );
    const measured = await Promise.all([...byRoom.values()].map((together) => this.#inRoom(together)));
    return measured.flat();
  }

  async #inRoom(participants: readonly ParticipantEntity[]): Promise<readonly ParticipantQuality[]> {
    const [{ meetingId, nodeId } = { meetingId: '', nodeId: null }] = participants;
    const room = nodeId === null ? null : await roomRepository.find(this.database.manager, meetingId, nodeId);
    if (!room) return [];
    const request = { room: roomId(room), participantIds: participants.map(({ id }) => id) };
    const answer = await this.media
      .command(room.controlUrl, mediaCommands.measureQuality, request)
      .catch((error: unknown) => this.logger.warn({ err: error, meetingId }, 'quality could not be measured'));
    return answer?.participants ?? [];
  }
}
