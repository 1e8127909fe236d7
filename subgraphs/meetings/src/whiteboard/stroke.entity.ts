import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A line that was drawn on the whiteboard of a meeting. One that was taken back stays, with the time. */
@Entity('stroke')
export class StrokeEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'meeting_id' })
  meetingId!: string;

  @Column('uuid', { name: 'participant_id' })
  participantId!: string;

  /** Its place in the meeting, from 1: later ones lie above. */
  @Column('int')
  number!: number;

  /** x and y by turns, in fractions of the board's width and height. */
  @Column('real', { array: true })
  points!: number[];

  /** `#rrggbb`. */
  @Column('text')
  color!: string;

  /** In fractions of the board's width. */
  @Column('real')
  width!: number;

  @Column('timestamptz', { name: 'drawn_at' })
  drawnAt!: Date;

  @Column('timestamptz', { name: 'erased_at', nullable: true })
  erasedAt!: Date | null;
}
