import { Column, Entity, PrimaryColumn } from 'typeorm';

import type { StoredImage } from '@terakoya/common/contracts';

export type PageState = 'PENDING' | 'RENDERED' | 'READ' | 'FAILED';
export type TextSource = 'EMBEDDED' | 'OCR';

/** A page of a notebook. Its text and words are rows of their own (`page_text`), loaded only when asked for. */
@Entity('page')
export class PageEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'notebook_id' })
  notebookId!: string;

  @Column('uuid', { name: 'owner_id' })
  ownerId!: string;

  @Column('uuid', { name: 'import_id' })
  importId!: string;

  @Column('int')
  number!: number;

  /** The page's number in the document it comes from. */
  @Column('int', { name: 'source_number' })
  sourceNumber!: number;

  @Column('text')
  state!: PageState;

  @Column('float8')
  width!: number;

  @Column('float8')
  height!: number;

  @Column('jsonb', { nullable: true })
  preview!: StoredImage | null;

  @Column('jsonb', { nullable: true })
  thumbnail!: StoredImage | null;

  @Column('text', { name: 'text_source', nullable: true })
  textSource!: TextSource | null;

  @Column('text', { name: 'text_engine', nullable: true })
  textEngine!: string | null;

  @Column('jsonb', { nullable: true })
  error!: { readonly code: string; readonly message: string } | null;
}
