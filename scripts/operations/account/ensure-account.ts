import { createDatabase } from '@terakoya/common/database';
import { ConfigurationError } from '@terakoya/common/errors';
import { createLogger } from '@terakoya/common/logging';

import { migrations } from '../../../subgraphs/accounts/migrations';
import { AccountEntity } from '../../../subgraphs/accounts/src/account/account.entity';
import { accountRepository } from '../../../subgraphs/accounts/src/account/account.repository';
import { AccountService } from '../../../subgraphs/accounts/src/account/account.service';
import { createAccountEvents } from '../../../subgraphs/accounts/src/events';

export interface WantedAccount {
  readonly databaseUrl: string;
  readonly email: string;
  readonly role: AccountEntity['role'];
  readonly name: string;
  readonly password?: string;
}

/**
 * Makes an account with a role, or gives one that is there this role: the school's first administrator can come from
 * nowhere else. Throws ConfigurationError where there is neither an account nor a password for one.
 */
export async function ensureAccount(wanted: WantedAccount): Promise<'made' | 'changed' | 'unchanged'> {
  const { databaseUrl, email, role, name, password } = wanted;
  const schema = 'accounts';
  const database = createDatabase({ url: databaseUrl, schema, entities: [AccountEntity], migrations, poolSize: 2 });
  await database.start();
  try {
    const accounts = new AccountService(database, createAccountEvents(createLogger('account', 'warn')));
    const found = await accounts.findByEmail(email);
    if (found?.role === role) return 'unchanged';
    if (found) {
      await accountRepository.setRole(database.manager, found.id, role);
      return 'changed';
    }
    if (password === undefined) {
      throw new ConfigurationError(`account: there is no account ${email}. Set ACCOUNT_PASSWORD to have it made.`);
    }
    await accounts.create({ email, password, displayName: name }, role);
    return 'made';
  } finally {
    await database.close();
  }
}
