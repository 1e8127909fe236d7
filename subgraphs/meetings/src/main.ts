import { runService } from '@terakoya/common/lifecycle';

import { meetingsConfig } from './config';
import { createMeetings } from './service';

runService('meetings', () => createMeetings(meetingsConfig.read(process.env)));
