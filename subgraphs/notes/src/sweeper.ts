import { setTimeout as delay } from 'node:timers/promises';

import type { Closable } from '@terakoya/common/lifecycle';
import type { Logger } from '@terakoya/common/logging';

/** Work that is looked for again and again; each round is bounded. */
interface Sweeper extends Closable {
  start(): void;
  /** There is work now: do not wait for the next round. */
  wake(): void;
}

/** Runs each piece of work every so many milliseconds, one round after the other; a failed round is logged. */
export function createSweeper(options: {
  readonly everyMs: number;
  readonly works: readonly ((signal: AbortSignal) => Promise<void>)[];
  readonly logger: Logger;
}): Sweeper {
  const stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();
  let waiting = new AbortController();

  const round = async (): Promise<void> => {
    for (const work of options.works) {
      try {
        await work(stopping.signal);
      } catch (error) {
        if (!stopping.signal.aborted) options.logger.warn({ err: error }, 'a sweep failed; trying again');
      }
    }
  };
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      waiting = new AbortController();
      const woken = AbortSignal.any([waiting.signal, stopping.signal]);
      await round();
      await delay(options.everyMs, undefined, { signal: woken }).catch(() => undefined);
    }
  };
  return {
    start: () => void (running = run()),
    wake: () => waiting.abort(),
    async close() {
      stopping.abort();
      await running;
    },
  };
}
