import { availableParallelism } from 'node:os';

import { z } from 'zod';

/** How many threads of CPU work a worker process runs. */
export function threadsField() {
  return z.coerce
    .number()
    .int()
    .min(1)
    .max(64)
    .default(Math.max(1, Math.floor(availableParallelism() / 2)))
    .describe('Threads of CPU work in this process; half the cores by default.');
}
