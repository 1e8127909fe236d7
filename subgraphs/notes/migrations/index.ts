import { OutboxMigration1764000000000 } from '@terakoya/common/outbox';

import { Notes1764000000004 } from './1764000000004-notes';

export const migrations = [OutboxMigration1764000000000, Notes1764000000004];
