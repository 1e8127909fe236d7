import { join } from 'node:path';

import { createPool } from '@terakoya/common/pool';

import type { NotebookSummary, TextModel } from '../vendors/text-model';

/** How long a notebook may take in its thread. */
const THREAD_MS = 30_000;
/** What this process may grow by while notebooks are summarised. */
const MEMORY_MB = 512;

/** The summariser that costs nothing, in threads of this process. */
export function createLocalTextModel({ threads }: { readonly threads: number }): TextModel {
  const file = join(__dirname, '..', 'summarising', 'thread');
  const pool = createPool({ name: 'summarising', file, threads, memoryMb: MEMORY_MB });
  return {
    engine: 'local',
    summarise: (pages, signal) => pool.run<NotebookSummary>(pages, { signal, timeoutMs: THREAD_MS }),
    close: () => pool.close(),
  };
}
