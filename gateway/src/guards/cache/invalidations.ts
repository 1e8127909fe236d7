/** More changes than these are remembered as a change of everything. */
const MOST_IDS = 50_000;

/**
 * When what last changed. A response is compared with it when it is asked for, so that nothing has to be looked for when
 * an event comes, and a response that was on its way meanwhile is caught too.
 */
export class Invalidations {
  readonly #changed = new Map<string, number>();
  #allChanged = -Infinity;

  constructor(private readonly now: () => number) {}

  add(ids: Iterable<string>): void {
    const now = this.now();
    for (const id of ids) this.#changed.set(id, now);
    if (this.#changed.size > MOST_IDS) this.addAll();
  }

  addAll(): void {
    this.#changed.clear();
    this.#allChanged = this.now();
  }

  /** Whether one of the ids changed at `time` or later, in milliseconds since the epoch. */
  since(time: number, ids: readonly string[]): boolean {
    return this.#allChanged >= time || ids.some((id) => (this.#changed.get(id) ?? -Infinity) >= time);
  }
}
