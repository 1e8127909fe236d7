import type { Role } from '@terakoya/common/auth';
import { ConfigurationError } from '@terakoya/common/errors';

import type { AccountService } from './account/account.service';
import type { AccountsConfig } from './config';

const DEMO: readonly (readonly [email: string, displayName: string, role: Role])[] = [
  ['teacher@demo.terakoya.school', 'Demo Teacher', 'TEACHER'],
  ['student@demo.terakoya.school', 'Demo Student', 'STUDENT'],
  ['admin@demo.terakoya.school', 'Demo Admin', 'ADMIN'],
];

/** Makes the demo accounts that are not there yet. */
export async function makeDemoAccounts(accounts: AccountService, config: AccountsConfig): Promise<void> {
  if (!config.DEMO_ACCOUNTS) return;
  if (config.NODE_ENV === 'production') {
    throw new ConfigurationError(
      'accounts: DEMO_ACCOUNTS must not be true when NODE_ENV is production: everybody knows their password.',
    );
  }
  for (const [email, displayName, role] of DEMO) {
    if (await accounts.findByEmail(email)) continue;
    await accounts.create({ email, displayName, password: config.DEMO_PASSWORD.reveal() }, role);
  }
}
