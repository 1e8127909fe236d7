import type { StoredLine } from './otlp-logs';

/** Of one trace, so that one that goes on and on does not push out all others. */
const MOST_OF_A_TRACE = 1_000;

/** The latest log lines in memory: when more than `maxLines` are held, those of the trace seen first are forgotten. */
export class LineStore {
  readonly #lines = new Map<string, StoredLine[]>();
  #count = 0;

  constructor(private readonly maxLines = 50_000) {}

  add(lines: readonly StoredLine[]): void {
    for (const line of lines) {
      const known = this.#lines.get(line.traceId) ?? [];
      this.#lines.set(line.traceId, known);
      if (known.length >= MOST_OF_A_TRACE) continue;
      known.push(line);
      this.#count += 1;
    }
    while (this.#count > this.maxLines) this.#forgetOldest();
  }

  /** The lines of one trace by time; empty when none is known. */
  find(traceId: string): StoredLine[] {
    return (this.#lines.get(traceId) ?? []).toSorted((a, b) => a.timeMs - b.timeMs);
  }

  #forgetOldest(): void {
    const [oldest] = this.#lines.keys();
    if (oldest === undefined) return;
    this.#count -= this.#lines.get(oldest)?.length ?? 0;
    this.#lines.delete(oldest);
  }
}
