import type { Logger } from '../logging';
import type { Closable } from './closing';

/** Does `work` now and again `milliseconds` after each end; a failure is logged and the next turn comes. */
export function every(milliseconds: number, logger: Logger, work: () => Promise<void>): Closable {
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  let running: Promise<void> = Promise.resolve();
  const turn = (): void => {
    running = work()
      .catch((error: unknown) => logger.error({ err: error }, 'a periodic task failed'))
      .then(() => {
        if (!isClosed) timer = setTimeout(turn, milliseconds);
      });
  };
  turn();
  return {
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await running;
    },
  };
}
