import { DateTimeScalar, createSubgraphSchema } from '@terakoya/common/graphql';
import type { ObjectStorage } from '@terakoya/common/storage';

import type { FilesContext } from './context';
import { FileResolver } from './file/file.resolver';
import type { FileService } from './file/file.service';
import { presentFile } from './file/file.type';
import { canSeeImage } from './image/image.policy';
import { ImageResolver } from './image/image.resolver';
import { ImageType } from './image/image.type';

export interface FilesServices {
  readonly files: FileService;
  readonly storage: ObjectStorage;
}

export function createFilesSchema({ files, storage }: FilesServices) {
  return createSubgraphSchema<FilesContext>({
    resolvers: [new FileResolver(files), new ImageResolver(storage)],
    references: {
      File: async ({ id }, { fileById }) => {
        const row = await fileById.load(id);
        return row && presentFile(row);
      },
      Image: ({ id }, { viewer }) => (canSeeImage(viewer, id) ? { id } : null),
    },
    orphanedTypes: [ImageType],
    scalars: [{ type: Date, scalar: DateTimeScalar }],
  });
}
