import { runService } from '@terakoya/common/lifecycle';

import { assistantConfig } from './config';
import { createAssistant } from './service';

runService('assistant', () => createAssistant(assistantConfig.read(process.env)));
