import { Column, Entity, PrimaryColumn } from 'typeorm';

import type { SourceDocument } from '@terakoya/common/contracts';

/** What `files` has told of a file. A deleted one stays, without its document, so that no late event revives it. */
@Entity('uploaded_file')
export class UploadedFileEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'owner_id' })
  ownerId!: string;

  @Column('jsonb', { nullable: true })
  document!: SourceDocument | null;

  @Column('timestamptz', { name: 'deleted_at', nullable: true })
  deletedAt!: Date | null;
}
