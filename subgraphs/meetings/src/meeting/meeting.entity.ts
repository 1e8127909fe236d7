import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What those may do who do not moderate, and how one comes in. */
export interface MeetingPolicy {
  readonly hasWaitingRoom: boolean;
  readonly attendeesMaySpeak: boolean;
  readonly attendeesMayShowCamera: boolean;
  readonly attendeesMayShareScreen: boolean;
  readonly attendeesMayChat: boolean;
}

/** How people come into the breakout rooms that are opened together. */
export type BreakoutAssignment = 'MANUAL' | 'RANDOM' | 'SELF_SELECT';

/** A meeting. Its row is locked by whoever changes it or who is in it, so that its events keep their order. */
@Entity('meeting')
export class MeetingEntity {
  @PrimaryColumn('uuid')
  id!: string;

  /** The meeting whose breakout room it is; null for one of its own. */
  @Column('uuid', { name: 'parent_id', nullable: true })
  parentId!: string | null;

  /** How people come into it when it is a breakout room. */
  @Column('text', { nullable: true })
  assignment!: BreakoutAssignment | null;

  /** When it closes by itself, a breakout room. */
  @Column('timestamptz', { name: 'closes_at', nullable: true })
  closesAt!: Date | null;

  /** The class whose lesson it is; of a breakout room that of its meeting; null for one that is open to whoever has its id. */
  @Column('uuid', { name: 'class_id', nullable: true })
  classId!: string | null;

  @Column('uuid', { name: 'host_id' })
  hostId!: string;

  @Column('text')
  title!: string;

  @Column('jsonb')
  policy!: MeetingPolicy;

  @Column('boolean', { name: 'is_locked' })
  isLocked!: boolean;

  @Column('uuid', { name: 'spotlight_id', nullable: true })
  spotlightId!: string | null;

  /** The epoch of the next room that is opened for its media. */
  @Column('int', { name: 'next_epoch' })
  nextEpoch!: number;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'starts_at', nullable: true })
  startsAt!: Date | null;

  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt!: Date | null;
}
