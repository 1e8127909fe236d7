import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A notebook; `lastPageNumber` is where the next import goes on, also after pages were removed. */
@Entity('notebook')
export class NotebookEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'owner_id' })
  ownerId!: string;

  @Column('text')
  title!: string;

  @Column('int', { name: 'page_count' })
  pageCount!: number;

  @Column('int', { name: 'last_page_number' })
  lastPageNumber!: number;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;
}
