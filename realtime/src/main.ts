import { runService } from '@terakoya/common/lifecycle';

import { realtimeConfig } from './config';
import { createRealtime } from './service';

runService('realtime', () => createRealtime(realtimeConfig.read(process.env)));
