import { Column, Entity, PrimaryColumn } from 'typeorm';

import type { SourceDocument } from '@terakoya/common/contracts';

import type { ImportState } from './import.machine';

/** The import of one document into a notebook, with its counters: progress is read without counting pages. */
@Entity('import_job')
export class ImportEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'notebook_id' })
  notebookId!: string;

  @Column('uuid', { name: 'owner_id' })
  ownerId!: string;

  @Column('uuid', { name: 'file_id' })
  fileId!: string;

  @Column('text')
  state!: ImportState;

  @Column('jsonb', { nullable: true })
  document!: SourceDocument | null;

  @Column('int', { name: 'pages_found', nullable: true })
  pagesFound!: number | null;

  @Column('int', { name: 'pages_rendered' })
  pagesRendered!: number;

  @Column('int', { name: 'pages_read' })
  pagesRead!: number;

  @Column('int', { name: 'pages_failed' })
  pagesFailed!: number;

  @Column('text', { name: 'error_code', nullable: true })
  errorCode!: string | null;

  @Column('text', { name: 'error_message', nullable: true })
  errorMessage!: string | null;

  @Column('int', { name: 'error_page', nullable: true })
  errorPage!: number | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'finished_at', nullable: true })
  finishedAt!: Date | null;
}
