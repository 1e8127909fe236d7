import { runService } from '@terakoya/common/lifecycle';

import { recordingWorkerConfig } from './config';
import { createRecordingWorker } from './service';

runService('recording-worker', () => createRecordingWorker(recordingWorkerConfig.read(process.env)));
