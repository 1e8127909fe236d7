import { OutboxMigration1764000000000 } from '@terakoya/common/outbox';

import { Assistant1764000000005 } from './1764000000005-assistant';

export const migrations = [OutboxMigration1764000000000, Assistant1764000000005];
