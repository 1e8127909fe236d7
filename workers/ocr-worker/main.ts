import { runService } from '@terakoya/common/lifecycle';

import { ocrWorkerConfig } from './config';
import { createOcrWorker } from './service';

runService('ocr-worker', () => createOcrWorker(ocrWorkerConfig.read(process.env)));
