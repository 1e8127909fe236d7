import { runService } from '@terakoya/common/lifecycle';

import { aiProxyConfig } from './config';
import { createAiProxy } from './service';

runService('ai-proxy', () => createAiProxy(aiProxyConfig.read(process.env)));
