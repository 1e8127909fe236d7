import { Column, Entity, PrimaryColumn } from 'typeorm';

export type MeetingRole = 'MODERATOR' | 'ATTENDEE' | 'OBSERVER';
export type ParticipantState = 'WAITING' | 'PRESENT' | 'LEFT' | 'DENIED' | 'REMOVED';

/** What a moderator allows or forbids one participant, whatever the policy says. */
export interface PermissionOverrides {
  readonly maySpeak?: boolean;
  readonly mayShowCamera?: boolean;
  readonly mayShareScreen?: boolean;
  readonly mayChat?: boolean;
}

/** One user in one meeting, however often they come and go. */
@Entity('participant')
export class ParticipantEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'meeting_id' })
  meetingId!: string;

  @Column('uuid', { name: 'user_id' })
  userId!: string;

  @Column('text')
  role!: MeetingRole;

  @Column('text')
  state!: ParticipantState;

  @Column('jsonb')
  overrides!: PermissionOverrides;

  /** Since when they may come in as they like; null for those who were never let in, or were put out. */
  @Column('timestamptz', { name: 'admitted_at', nullable: true })
  admittedAt!: Date | null;

  @Column('timestamptz', { name: 'joined_at', nullable: true })
  joinedAt!: Date | null;

  @Column('timestamptz', { name: 'left_at', nullable: true })
  leftAt!: Date | null;

  @Column('timestamptz', { name: 'hand_raised_at', nullable: true })
  handRaisedAt!: Date | null;

  /** The media session of their last join; null when they have none, or it was lost with its node. */
  @Column('uuid', { name: 'session_id', nullable: true })
  sessionId!: string | null;

  /** When they last joined, or lost their media session: who has none is there for a while after that. */
  @Column('timestamptz', { name: 'seen_at', nullable: true })
  seenAt!: Date | null;

  /** The media node of that session. */
  @Column('text', { name: 'node_id', nullable: true })
  nodeId!: string | null;
}
