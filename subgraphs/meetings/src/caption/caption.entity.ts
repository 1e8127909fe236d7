import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a participant said, as text; only final captions are kept. */
@Entity('caption')
export class CaptionEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'meeting_id' })
  meetingId!: string;

  @Column('uuid', { name: 'participant_id' })
  participantId!: string;

  @Column('text')
  text!: string;

  /** A BCP 47 tag in canonical form. */
  @Column('text')
  language!: string;

  @Column('timestamptz', { name: 'spoken_at' })
  spokenAt!: Date;
}
