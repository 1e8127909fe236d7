import { runService } from '@terakoya/common/lifecycle';

import { gatewayConfig } from './config';
import { createGateway } from './service';

runService('gateway', () => createGateway(gatewayConfig.read(process.env)));
