import { OutboxMigration1764000000000 } from '@terakoya/common/outbox';

import { Meetings1764000000007 } from './1764000000007-meetings';
import { Recordings1764000000008 } from './1764000000008-recordings';
import { Breakouts1764000000010 } from './1764000000010-breakouts';
import { MeetingLife1764000000011 } from './1764000000011-meeting-life';
import { Absence1764000000012 } from './1764000000012-absence';

export const migrations = [
  OutboxMigration1764000000000,
  Meetings1764000000007,
  Recordings1764000000008,
  Breakouts1764000000010,
  MeetingLife1764000000011,
  Absence1764000000012,
];
