import { runService } from '@terakoya/common/lifecycle';

import { notesWorkerConfig } from './config';
import { createNotesWorker } from './service';

runService('notes-worker', () => createNotesWorker(notesWorkerConfig.read(process.env)));
