import { OutboxMigration1764000000000 } from '@terakoya/common/outbox';

import { Accounts1764000000001 } from './1764000000001-accounts';

export const migrations = [OutboxMigration1764000000000, Accounts1764000000001];
