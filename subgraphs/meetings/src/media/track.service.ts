import type { Viewer } from '@terakoya/common/auth';
import type { Database } from '@terakoya/common/database';

import type { ParticipantService } from '../participant/participant.service';
import type { TrackEntity } from './track.entity';
import { trackRepository } from './track.repository';

/** Tracks as those see them who may see their senders. */
export class TrackService {
  constructor(
    private readonly database: Database,
    private readonly participants: ParticipantService,
  ) {}

  /** Those of the tracks that the viewer may see; NOT in order. */
  async findMany(viewer: Viewer | null, ids: readonly string[]): Promise<TrackEntity[]> {
    const tracks = await trackRepository.findByIds(this.database.manager, ids);
    const senders = await this.participants.findMany(viewer, [...new Set(tracks.map((track) => track.participantId))]);
    const visible = new Set(senders.map(({ id }) => id));
    return tracks.filter(({ participantId }) => visible.has(participantId));
  }

  /** What each of the participants sends now, oldest first. */
  async liveOf(participantIds: readonly string[]): Promise<TrackEntity[][]> {
    const tracks = await trackRepository.liveOf(this.database.manager, participantIds);
    const bySender = Map.groupBy(tracks, ({ participantId }) => participantId);
    return participantIds.map((id) => bySender.get(id) ?? []);
  }
}
