const FIRST_MS = 250;
const LONGEST_MS = 8_000;

/** How long to wait before the next of so many tries that failed; spread, so that not all come at the same moment. */
export function backOffMs(failures: number, random: () => number = Math.random): number {
  return Math.min(FIRST_MS * 2 ** Math.max(failures - 1, 0), LONGEST_MS) * (0.5 + random() / 2);
}
