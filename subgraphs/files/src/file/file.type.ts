import { Directive, Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';

import { NodeType, UrlScalar, connectionOf } from '@terakoya/common/graphql';
import type { SignedUpload } from '@terakoya/common/storage';

import type { FileEntity, FileState } from './file.entity';

export const FileStateEnum = { UPLOADING: 'UPLOADING', READY: 'READY' } as const;

registerEnumType(FileStateEnum, {
  name: 'FileState',
  description: 'How far a file is.',
  valuesConfig: {
    UPLOADING: { description: 'Announced; its bytes are not verified yet.' },
    READY: { description: 'Complete and verified.' },
  },
});

@ObjectType('File', { implements: NodeType, description: 'An uploaded document.' })
@Directive('@key(fields: "id")')
export class FileType extends NodeType {
  @Directive('@sameForAll')
  @Field({ description: 'Name it was uploaded under.' })
  name!: string;

  @Directive('@sameForAll')
  @Field({ description: 'Media type.' })
  contentType!: string;

  @Directive('@sameForAll')
  @Field(() => Int, { description: 'Bytes.' })
  size!: number;

  @Directive('@sameForAll')
  @Field({ description: 'SHA-256 of the bytes, hexadecimal.' })
  sha256!: string;

  @Directive('@sameForAll')
  @Field(() => FileStateEnum, { description: 'Whether it is complete.' })
  state!: FileState;

  @Directive('@sameForAll')
  @Field(() => Date, { description: 'When it was announced.' })
  createdAt!: Date;

  /** The row behind the object, for fields that are resolved. */
  row!: FileEntity;
}

export const FileConnection = connectionOf(FileType, 'File');

@ObjectType('HttpHeader', { description: 'A header to send.' })
export class HttpHeaderType {
  @Field({ description: 'Its name.' })
  name!: string;

  @Field({ description: 'Its value.' })
  value!: string;
}

@ObjectType('Upload', { description: 'Leave to upload one file with one HTTP request.' })
export class UploadType {
  @Field(() => FileType, { description: 'The file, still UPLOADING: call `completeUpload` when its bytes are there.' })
  file!: FileType;

  @Field({ description: 'HTTP method.' })
  method!: string;

  @Field(() => UrlScalar, { description: 'Where to send the bytes.' })
  url!: string;

  @Directive('@listSize(assumedSize: 10)')
  @Field(() => [HttpHeaderType], { description: 'Headers to send exactly so; at most 10.' })
  headers!: HttpHeaderType[];

  @Field(() => Date, { description: 'When the leave ends.' })
  expiresAt!: Date;
}

@ObjectType('StorageQuota', { description: 'How much the viewer stores and may store.' })
export class StorageQuotaType {
  @Field(() => Float, { description: 'Bytes in use, uploads that are under way included.' })
  usedBytes!: number;

  @Field(() => Float, { description: 'Most bytes.' })
  limitBytes!: number;
}

export function presentFile(row: FileEntity): FileType {
  const { id, name, contentType, size, sha256, state, createdAt } = row;
  return { id, name, contentType, size, sha256, state, createdAt, row };
}

export function presentUpload(row: FileEntity, upload: SignedUpload): UploadType {
  const headers = Object.entries(upload.headers).map(([name, value]) => ({ name, value }));
  return { file: presentFile(row), method: upload.method, url: upload.url, headers, expiresAt: upload.expiresAt };
}
