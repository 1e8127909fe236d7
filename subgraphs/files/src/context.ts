import type DataLoader from 'dataloader';

import type { SubgraphContext } from '@terakoya/common/graphql';

import type { FileEntity } from './file/file.entity';

export interface FilesContext extends SubgraphContext {
  /** Files by id that the viewer may see. */
  readonly fileById: DataLoader<string, FileEntity | null>;
}
