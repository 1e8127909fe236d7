import { DateTimeScalar, createSubgraphSchema } from '@terakoya/common/graphql';

import { AccountResolver } from './account/account.resolver';
import type { AccountService } from './account/account.service';
import { presentUser } from './account/account.type';
import type { AccountsContext } from './context';
import { SessionResolver } from './session/session.resolver';
import type { SessionService } from './session/session.service';

export interface AccountsServices {
  readonly accounts: AccountService;
  readonly sessions: SessionService;
}

export function createAccountsSchema({ accounts, sessions }: AccountsServices) {
  return createSubgraphSchema<AccountsContext>({
    resolvers: [new AccountResolver(accounts), new SessionResolver(sessions)],
    references: {
      User: async ({ id }, { users, viewer }) => {
        const account = await users.load(id);
        return account && presentUser(account, viewer);
      },
    },
    scalars: [{ type: Date, scalar: DateTimeScalar }],
  });
}
