import { Column, Entity, PrimaryColumn } from 'typeorm';

export type RecordingState = 'RECORDING' | 'STOPPED' | 'COMPOSING' | 'READY' | 'FAILED' | 'EXPIRED';

/** The film of a recording in the object store. */
export interface RecordedVideo {
  readonly key: string;
  readonly contentType: string;
  readonly size: number;
  readonly durationMs: number;
}

/** A recording of a meeting. */
@Entity('recording')
export class RecordingEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'meeting_id' })
  meetingId!: string;

  @Column('uuid', { name: 'started_by' })
  startedBy!: string;

  @Column('text')
  state!: RecordingState;

  @Column('timestamptz', { name: 'started_at' })
  startedAt!: Date;

  @Column('timestamptz', { name: 'stopped_at', nullable: true })
  stoppedAt!: Date | null;

  /** From when on no segment is waited for any more; set when it is stopped. */
  @Column('timestamptz', { name: 'settles_at', nullable: true })
  settlesAt!: Date | null;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;

  @Column('jsonb', { nullable: true })
  video!: RecordedVideo | null;

  @Column('jsonb', { nullable: true })
  error!: { readonly code: string; readonly message: string } | null;
}

/** Something to jump to in a recording. */
@Entity('recording_chapter')
export class ChapterEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'recording_id' })
  recordingId!: string;

  @Column('timestamptz', { name: 'begins_at' })
  beginsAt!: Date;

  @Column('text')
  title!: string;
}
