import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A notebook. Its row is locked by whoever changes it or what is in it, so that its events keep their order. */
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

  /** The number the next appended page gets. */
  @Column('int', { name: 'next_number' })
  nextNumber!: number;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;
}
