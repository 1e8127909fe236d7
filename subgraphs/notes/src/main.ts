import { runService } from '@terakoya/common/lifecycle';

import { notesConfig } from './config';
import { createNotes } from './service';

runService('notes', () => createNotes(notesConfig.read(process.env)));
