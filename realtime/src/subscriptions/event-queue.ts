/** What waits for one subscriber, in order and bounded. One reader takes from it. */
export class EventQueue<T> {
  #items: T[] = [];
  #limit: number;
  #ending: { readonly error: Error | null } | null = null;
  #wake: (() => void) | null = null;

  /** `onOverflow` is told once, when more than `limit` would wait: the reader is too slow. */
  constructor(
    limit: number,
    private readonly onOverflow: () => void,
  ) {
    this.#limit = limit;
  }

  push(item: T): void {
    if (this.#ending) return;
    if (this.#items.length >= this.#limit) {
      this.end();
      this.onOverflow();
      return;
    }
    this.#items.push(item);
    this.#wake?.();
  }

  /** Puts what was before in front of what has come since; it does not count as waiting. */
  prepend(items: readonly T[]): void {
    this.#items = [...items, ...this.#items];
    this.#limit += items.length;
    this.#wake?.();
  }

  /** Gives up what waits: the reader gets the error next, or the end. */
  end(error: Error | null = null): void {
    if (this.#ending) return;
    this.#ending = { error };
    this.#items = [];
    this.#wake?.();
  }

  /** The next item; undefined when it has ended; throws the error it has ended with. */
  async take(): Promise<T | undefined> {
    while (this.#items.length === 0 && !this.#ending) {
      await new Promise<void>((resolve) => (this.#wake = resolve));
      this.#wake = null;
    }
    if (this.#ending?.error) throw this.#ending.error;
    return this.#items.shift();
  }
}
