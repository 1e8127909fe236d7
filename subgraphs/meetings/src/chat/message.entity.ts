import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a participant wrote to everybody in a meeting. One that was removed stays, without its text. */
@Entity('message')
export class MessageEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'meeting_id' })
  meetingId!: string;

  @Column('uuid', { name: 'participant_id' })
  participantId!: string;

  @Column('text', { nullable: true })
  text!: string | null;

  @Column('timestamptz', { name: 'sent_at' })
  sentAt!: Date;

  @Column('timestamptz', { name: 'removed_at', nullable: true })
  removedAt!: Date | null;
}
