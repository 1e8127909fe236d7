import { Column, Entity, PrimaryColumn } from 'typeorm';

export type SummaryState = 'WAITING' | 'RUNNING' | 'READY' | 'FAILED';

/** The summary of a notebook. WAITING: pages are known, none was summarised yet. `revision` counts the askings. */
@Entity('summary')
export class SummaryEntity {
  @PrimaryColumn('uuid', { name: 'notebook_id' })
  notebookId!: string;

  @Column('uuid', { name: 'owner_id' })
  ownerId!: string;

  @Column('int')
  revision!: number;

  @Column('text')
  state!: SummaryState;

  @Column('text', { nullable: true })
  short!: string | null;

  @Column('text', { nullable: true })
  medium!: string | null;

  @Column('text', { nullable: true })
  long!: string | null;

  @Column('jsonb')
  keywords!: { term: string; weight: number }[];

  @Column('text', { nullable: true })
  language!: string | null;

  @Column('text', { nullable: true })
  engine!: string | null;

  @Column('text', { name: 'error_code', nullable: true })
  errorCode!: string | null;

  @Column('text', { name: 'error_message', nullable: true })
  errorMessage!: string | null;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;
}

/** The text of a page as the assistant was told it. */
@Entity('page_text')
export class PageTextEntity {
  @PrimaryColumn('uuid', { name: 'page_id' })
  pageId!: string;

  @Column('uuid', { name: 'notebook_id' })
  notebookId!: string;

  @Column('int')
  number!: number;

  @Column('text')
  text!: string;
}
