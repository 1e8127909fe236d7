import { runService } from '@terakoya/common/lifecycle';

import { classesConfig } from './config';
import { createClasses } from './service';

runService('classes', () => createClasses(classesConfig.read(process.env)));
