import { Column, Entity, PrimaryColumn } from 'typeorm';

export type SummaryState = 'WAITING' | 'RUNNING' | 'READY' | 'FAILED';

/**
 * A notebook's summary, and who may read it. `revision` counts how often it was asked for; only the outcome of the
 * newest is kept. What was made last stays until something newer is made.
 */
@Entity('notebook_summary')
export class SummaryEntity {
  @PrimaryColumn('uuid', { name: 'notebook_id' })
  notebookId!: string;

  @Column('uuid', { name: 'owner_id' })
  ownerId!: string;

  @Column('text')
  state!: SummaryState;

  @Column('int')
  revision!: number;

  @Column('text', { nullable: true })
  short!: string | null;

  @Column('text', { nullable: true })
  medium!: string | null;

  @Column('text', { nullable: true })
  long!: string | null;

  @Column('jsonb')
  keywords!: readonly { readonly term: string; readonly weight: number }[];

  @Column('text', { nullable: true })
  language!: string | null;

  @Column('text', { nullable: true })
  engine!: string | null;

  @Column('jsonb', { nullable: true })
  error!: { readonly code: string; readonly message: string } | null;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;
}
