import { Column, Entity, PrimaryColumn } from 'typeorm';

import type { AcceptedType } from '@terakoya/common/contracts';

export type FileState = 'UPLOADING' | 'READY';

/** A document that somebody uploads. Its bytes lie in the object store under `uploads/<owner>/<id>`. */
@Entity('file')
export class FileEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'owner_id' })
  ownerId!: string;

  @Column('text')
  name!: string;

  @Column('text', { name: 'content_type' })
  contentType!: AcceptedType;

  @Column('int')
  size!: number;

  @Column('text')
  sha256!: string;

  @Column('text')
  state!: FileState;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}

export function storageKeyOf(file: Pick<FileEntity, 'id' | 'ownerId'>): string {
  return `uploads/${file.ownerId}/${file.id}`;
}
