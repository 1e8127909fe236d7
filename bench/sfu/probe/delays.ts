/** What delays were like, in milliseconds; infinite when nothing came. */
export interface Delays {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  readonly sent: number;
  readonly received: number;
}

export function delaysOf(measured: readonly number[], sent: number): Delays {
  const sorted = measured.toSorted((one, other) => one - other);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Infinity;
  return { p50: at(0.5), p99: at(0.99), max: at(1), sent, received: sorted.length };
}
