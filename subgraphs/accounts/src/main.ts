import { runService } from '@terakoya/common/lifecycle';

import { accountsConfig } from './config';
import { createAccounts } from './service';

runService('accounts', () => createAccounts(accountsConfig.read(process.env)));
