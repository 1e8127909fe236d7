import { Column, Entity, PrimaryColumn } from 'typeorm';

import type { StoredImage, Word } from '@terakoya/common/contracts';

export type PageState = 'PENDING' | 'RENDERED' | 'READ' | 'FAILED';
export type TextSource = 'EMBEDDED' | 'OCR';

/**
 * A page of a notebook. `sourceNumber` is its number in the imported document, `number` its place in the notebook;
 * width and height in points. `searchText` and `grams` are made by `search/normalise.ts`.
 */
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

  @Column('int', { name: 'source_number' })
  sourceNumber!: number;

  @Column('int')
  number!: number;

  @Column('text')
  state!: PageState;

  @Column('double precision')
  width!: number;

  @Column('double precision')
  height!: number;

  @Column('jsonb', { nullable: true })
  preview!: StoredImage | null;

  @Column('jsonb', { nullable: true })
  thumbnail!: StoredImage | null;

  @Column('text', { nullable: true })
  text!: string | null;

  @Column('text', { name: 'text_source', nullable: true })
  textSource!: TextSource | null;

  @Column('text', { name: 'text_engine', nullable: true })
  textEngine!: string | null;

  @Column('text', { name: 'search_text', nullable: true, select: false })
  searchText?: string | null;

  @Column('text', { array: true, nullable: true, select: false })
  grams?: string[] | null;

  @Column('text', { name: 'error_code', nullable: true })
  errorCode!: string | null;

  @Column('text', { name: 'error_message', nullable: true })
  errorMessage!: string | null;
}

/** The words of a page, apart because most readers of a page do not want them. */
@Entity('page_words')
export class PageWordsEntity {
  @PrimaryColumn('uuid', { name: 'page_id' })
  pageId!: string;

  @Column('jsonb')
  words!: Word[];
}

/** Where the images of a page lie in the object store. */
export function imagePrefixOf(page: Pick<PageEntity, 'id' | 'notebookId' | 'ownerId'>): string {
  return `pages/${page.ownerId}/${page.notebookId}/${page.id}`;
}
