import { setTimeout as delay } from 'node:timers/promises';

export interface EventuallyOptions {
  readonly timeoutMs?: number;
  readonly everyMs?: number;
  /** Which failures may pass; others are thrown at once. All of them by default. */
  readonly isWorthAnotherTry?: (error: unknown) => boolean;
}

/** Tries an assertion until it holds and gives its value; after `timeoutMs` its last failure is thrown. */
export async function eventually<T>(
  assertion: () => Promise<T> | T,
  { timeoutMs = 10_000, everyMs = 25, isWorthAnotherTry = () => true }: EventuallyOptions = {},
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (Date.now() >= deadline || !isWorthAnotherTry(error)) throw error;
      await delay(everyMs);
    }
  }
}
