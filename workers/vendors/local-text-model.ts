import type { Pool } from '@terakoya/common/pool';

import type { SummaryResult, TextModel } from './text-model';

const THREAD_MS = 30_000;

/** Summaries by the extractive engine in a thread: they cost nothing. */
export function createLocalTextModel(pool: Pool): TextModel {
  return { summarise: (pages, signal) => pool.run<SummaryResult>(pages, { signal, timeoutMs: THREAD_MS }) };
}
