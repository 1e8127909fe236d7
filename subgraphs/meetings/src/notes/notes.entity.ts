import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The one text that everybody in a meeting writes together. */
@Entity('notes')
export class NotesEntity {
  @PrimaryColumn('uuid', { name: 'meeting_id' })
  meetingId!: string;

  @Column('text')
  text!: string;

  /** Counts the changes, from 1. */
  @Column('int')
  revision!: number;

  /** Who changed it last. */
  @Column('uuid', { name: 'participant_id' })
  participantId!: string;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;
}
