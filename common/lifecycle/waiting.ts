import { setTimeout as delay } from 'node:timers/promises';

import { TimedOutError } from '../errors';

/** Gives `work` at most so many milliseconds; its signal is aborted and TimedOutError thrown when they are over. */
export async function withTimeout<T>(
  what: string,
  milliseconds: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      const error = new TimedOutError(what, milliseconds);
      controller.abort(error);
      reject(error);
    }, milliseconds);
  });
  try {
    return await Promise.race([work(controller.signal), expired]);
  } finally {
    clearTimeout(timer);
  }
}

/** Asks again every `everyMs` until `probe` gives something other than undefined, or throws TimedOutError. */
export async function poll<T>(
  what: string,
  options: { readonly timeoutMs: number; readonly everyMs?: number; readonly signal?: AbortSignal },
  probe: () => Promise<T | undefined>,
): Promise<T> {
  const deadline = Date.now() + options.timeoutMs;
  for (;;) {
    options.signal?.throwIfAborted();
    const found = await probe();
    if (found !== undefined) return found;
    if (Date.now() >= deadline) throw new TimedOutError(what, options.timeoutMs);
    await delay(options.everyMs ?? 50, undefined, { signal: options.signal });
  }
}
