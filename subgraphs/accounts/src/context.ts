import type DataLoader from 'dataloader';

import type { SubgraphContext } from '@terakoya/common/graphql';

import type { AccountEntity } from './account/account.entity';

export interface AccountsContext extends SubgraphContext {
  /** Users by id that the viewer may see; one statement for all that are asked for together. */
  readonly users: DataLoader<string, AccountEntity | null>;
}
