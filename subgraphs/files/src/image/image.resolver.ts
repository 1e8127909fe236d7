import { FieldResolver, Resolver, Root } from 'type-graphql';

import { UrlScalar } from '@terakoya/common/graphql';
import type { ObjectStorage } from '@terakoya/common/storage';

import { ImageType } from './image.type';

const DOWNLOAD_SECONDS = 15 * 60;

@Resolver(() => ImageType)
export class ImageResolver {
  constructor(private readonly storage: ObjectStorage) {}

  @FieldResolver(() => UrlScalar, { description: 'Signed URL, valid 15 minutes.' })
  async url(@Root() { id }: ImageType): Promise<string> {
    return (await this.storage.signDownload(id, DOWNLOAD_SECONDS)).url;
  }
}
