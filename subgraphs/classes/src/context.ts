import type DataLoader from 'dataloader';

import type { Page, PageRequest } from '@terakoya/common/database';
import type { SubgraphContext } from '@terakoya/common/graphql';

import type { MemberEntity } from './class/class.entity';
import type { SeenClass } from './class/class.service';

export interface ClassesContext extends SubgraphContext {
  /** Classes by id that the viewer is in. */
  readonly classById: DataLoader<string, SeenClass | null>;
  readonly membersOf: (args: PageRequest) => DataLoader<string, Page<MemberEntity>>;
}
