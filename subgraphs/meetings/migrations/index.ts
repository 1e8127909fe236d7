import { OutboxMigration1764000000000 } from '@terakoya/common/outbox';

import { Meetings1764000000007 } from './1764000000007-meetings';

export const migrations = [OutboxMigration1764000000000, Meetings1764000000007];
