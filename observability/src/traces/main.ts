import { runService } from '@terakoya/common/lifecycle';

import { createTraces, tracesConfig } from './service';

runService('traces', () => createTraces(tracesConfig.read(process.env)));
