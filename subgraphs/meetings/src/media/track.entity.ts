import { Column, Entity, PrimaryColumn } from 'typeorm';

import type { MediaSource } from '@terakoya/common/contracts';

/** What a participant sends: a producer on a media node, whose id it has. One that ended stays, with its end. */
@Entity('track')
export class TrackEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'meeting_id' })
  meetingId!: string;

  @Column('uuid', { name: 'participant_id' })
  participantId!: string;

  @Column('uuid', { name: 'session_id' })
  sessionId!: string;

  @Column('text', { name: 'node_id' })
  nodeId!: string;

  @Column('text')
  kind!: 'audio' | 'video';

  @Column('text')
  source!: MediaSource;

  @Column('boolean', { name: 'is_paused' })
  isPaused!: boolean;

  @Column('timestamptz', { name: 'started_at' })
  startedAt!: Date;

  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt!: Date | null;
}
