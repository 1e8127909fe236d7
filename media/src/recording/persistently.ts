import { setTimeout as delay } from 'node:timers/promises';

import { withTimeout } from '@terakoya/common/lifecycle';

const ATTEMPT_MS = 20_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Does the work, again and again while it fails, until the signal is aborted; each attempt may take 20 s. Throws the last
 * failure.
 */
export async function persistently(what: string, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    try {
      return await withTimeout(what, ATTEMPT_MS, work);
    } catch (error) {
      if (signal.aborted) throw error;
      await delay(pauseMs, undefined, { signal }).catch(() => {
        throw error;
      });
    }
  }
}
