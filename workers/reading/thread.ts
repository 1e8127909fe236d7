import sharp from 'sharp';

import { threadTask } from '@terakoya/common/pool';

import { readImage } from './read-image';
import type { Language } from './tesseract';

export interface ReadingTask {
  readonly bytes: Uint8Array;
  readonly languages: readonly Language[];
}

sharp.concurrency(1); // one task, one core: the pool decides how many run

export const run = threadTask(({ bytes, languages }: ReadingTask) => readImage(bytes, languages));
