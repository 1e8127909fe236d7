import { OutboxMigration1764000000000 } from '@terakoya/common/outbox';

import { Files1764000000002 } from './1764000000002-files';

export const migrations = [OutboxMigration1764000000000, Files1764000000002];
