import { Column, Entity, PrimaryColumn } from 'typeorm';

import type { Failure, ImportState, ImportStatus } from './import-status';

/** The import of one file into one notebook. `runId` names the present run: its jobs carry it. */
@Entity('import_job')
export class ImportEntity implements ImportStatus {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'notebook_id' })
  notebookId!: string;

  @Column('uuid', { name: 'owner_id' })
  ownerId!: string;

  @Column('uuid', { name: 'file_id' })
  fileId!: string;

  @Column('uuid', { name: 'run_id' })
  runId!: string;

  @Column('text')
  state!: ImportState;

  @Column('int', { name: 'pages_found', nullable: true })
  pagesFound!: number | null;

  @Column('int', { name: 'pages_rendered' })
  pagesRendered!: number;

  @Column('int', { name: 'pages_read' })
  pagesRead!: number;

  @Column('int', { name: 'pages_failed' })
  pagesFailed!: number;

  /** The number in the notebook of the document's first page; its pages have the numbers from there on. */
  @Column('int', { name: 'first_number', nullable: true })
  firstNumber!: number | null;

  @Column('jsonb', { nullable: true })
  error!: Failure | null;

  /** The trace in which the present run was asked for: one that waited for its file goes on in it. */
  @Column('text', { nullable: true })
  traceparent!: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  /** When the present run began. */
  @Column('timestamptz', { name: 'started_at' })
  startedAt!: Date;

  @Column('timestamptz', { name: 'finished_at', nullable: true })
  finishedAt!: Date | null;
}
