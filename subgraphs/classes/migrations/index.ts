import { OutboxMigration1764000000000 } from '@terakoya/common/outbox';

import { Classes1764000000005 } from './1764000000005-classes';
import { TellMembers1764000000006 } from './1764000000006-tell-members';

export const migrations = [OutboxMigration1764000000000, Classes1764000000005, TellMembers1764000000006];
