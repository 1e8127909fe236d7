import { runService } from '@terakoya/common/lifecycle';

import { filesConfig } from './config';
import { createFiles } from './service';

runService('files', () => createFiles(filesConfig.read(process.env)));
