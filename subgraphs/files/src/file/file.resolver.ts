import { Arg, Args, Ctx, Directive, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';

import { ConnectionArgs, IdArg, PAGED, UrlScalar, toConnection } from '@terakoya/common/graphql';

import type { FilesContext } from '../context';
import { CreateUploadInput } from './file.inputs';
import type { FileService } from './file.service';
import { FileConnection, FileType, StorageQuotaType, UploadType, presentFile, presentUpload } from './file.type';

@Resolver(() => FileType)
export class FileResolver {
  constructor(private readonly files: FileService) {}

  @Directive('@authenticated')
  @Query(() => FileType, { nullable: true, description: 'A file of yours by id.' })
  async file(@IdArg('id', 'File') id: string, @Ctx() { fileById }: FilesContext): Promise<FileType | null> {
    const row = await fileById.load(id);
    return row && presentFile(row);
  }

  @Directive('@authenticated')
  @Directive(PAGED)
  @Query(() => FileConnection, { description: 'Your files, newest first.' })
  async myFiles(@Args(() => ConnectionArgs) args: ConnectionArgs, @Ctx() { viewer }: FilesContext) {
    return toConnection(await this.files.list(viewer, args), presentFile, args);
  }

  @Directive('@authenticated')
  @Query(() => StorageQuotaType, { description: 'How much you store and may store.' })
  storageQuota(@Ctx() { viewer }: FilesContext): Promise<StorageQuotaType> {
    return this.files.quota(viewer);
  }

  @Directive('@authenticated')
  @Mutation(() => UploadType, {
    description: 'Announces a file and gives a signed URL, valid 15 minutes, to put its bytes to.',
  })
  async createUpload(@Arg('input') input: CreateUploadInput, @Ctx() { viewer }: FilesContext): Promise<UploadType> {
    const { file, upload } = await this.files.createUpload(viewer, input);
    return presentUpload(file, upload);
  }

  @Directive('@authenticated')
  @Mutation(() => FileType, {
    description: 'Verifies the uploaded bytes (size, type, SHA-256) and makes the file READY.',
  })
  async completeUpload(@IdArg('fileId', 'File') fileId: string, @Ctx() { viewer }: FilesContext): Promise<FileType> {
    return presentFile(await this.files.complete(viewer, fileId));
  }

  @Directive('@authenticated')
  @Mutation(() => Boolean, { description: 'Deletes a file of yours; notebooks keep the pages imported from it.' })
  async deleteFile(@IdArg('fileId', 'File') fileId: string, @Ctx() { viewer }: FilesContext): Promise<boolean> {
    await this.files.delete(viewer, fileId);
    return true;
  }

  @FieldResolver(() => UrlScalar, {
    nullable: true,
    description: 'Signed download URL, valid 5 minutes; null until READY.',
  })
  url(@Root() { row }: FileType): Promise<string | null> {
    return this.files.downloadUrl(row);
  }
}
