import { runService } from '@terakoya/common/lifecycle';

import { probeConfig } from './config';
import { createProbe } from './service';

runService('probe', () => createProbe(probeConfig.read(process.env)));
