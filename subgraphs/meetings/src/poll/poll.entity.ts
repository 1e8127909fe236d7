import { Column, Entity, PrimaryColumn } from 'typeorm';

export type PollState = 'DRAFT' | 'OPEN' | 'CLOSED';

/** A question with answers to choose from. Its ballots are rows without an entity: see the repository. */
@Entity('poll')
export class PollEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'meeting_id' })
  meetingId!: string;

  @Column('text')
  question!: string;

  /** The answers; a choice is the place of one, from 0. */
  @Column('text', { array: true })
  options!: string[];

  @Column('boolean', { name: 'is_multiple' })
  isMultiple!: boolean;

  @Column('boolean', { name: 'is_anonymous' })
  isAnonymous!: boolean;

  @Column('boolean', { name: 'shows_results' })
  showsResults!: boolean;

  @Column('text')
  state!: PollState;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'opened_at', nullable: true })
  openedAt!: Date | null;

  @Column('timestamptz', { name: 'closed_at', nullable: true })
  closedAt!: Date | null;

  /** Since when there are votes that nobody was told of. */
  @Column('timestamptz', { name: 'untold_since', nullable: true })
  untoldSince!: Date | null;
}
