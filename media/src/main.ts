import { runService } from '@terakoya/common/lifecycle';

import { mediaConfig } from './config';
import { createMedia } from './service';

runService('media', () =>
  createMedia(mediaConfig.read(process.env), { onDrained: () => void process.kill(process.pid, 'SIGTERM') }),
);
