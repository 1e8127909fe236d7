import { Column, Entity, PrimaryColumn } from 'typeorm';

import type { SourceDocument } from '@terakoya/common/contracts';

/** What the notes domain remembers of a completed upload, told by events of the files domain. */
@Entity('uploaded_file')
export class UploadedFileEntity {
  @PrimaryColumn('uuid', { name: 'file_id' })
  fileId!: string;

  @Column('uuid', { name: 'owner_id' })
  ownerId!: string;

  @Column('jsonb')
  document!: SourceDocument;
}
