import { Entity, PrimaryColumn } from 'typeorm';

/** That a participant of a meeting is to go to one of its breakout rooms. It stays when the room is closed. */
@Entity('breakout_seat')
export class SeatEntity {
  @PrimaryColumn('uuid', { name: 'breakout_id' })
  breakoutId!: string;

  /** Their participant in the meeting, not the one they have in the room. */
  @PrimaryColumn('uuid', { name: 'participant_id' })
  participantId!: string;
}
