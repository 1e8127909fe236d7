const FIRST_MS = 250;
/** A media node that is started again is there within seconds: for so long it is looked for often. */
const SOON = { tries: 8, ms: 1_500 } as const;
const LONGEST_MS = 8_000;

/**
 * How long to wait before the next try after so many that failed, in milliseconds: never so often that the school refuses
 * it (10 joins in 10 s), and spread, so that not all come at the same moment.
 */
export function backOffMs(failures: number, random: () => number = Math.random): number {
  const growing = FIRST_MS * 2 ** (failures - 1);
  const wait =
    failures <= SOON.tries ? Math.min(growing, SOON.ms) : Math.min(SOON.ms * 2 ** (failures - SOON.tries), LONGEST_MS);
  return wait * (0.75 + random() / 4);
}

/** Waits so many milliseconds, or until it is over. */
export function delay(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
