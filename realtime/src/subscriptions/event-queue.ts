/** What waits for one subscriber, in order and bounded. One reader takes from it. */
export class EventQueue<T> {
  #items: T[] = [];
  #ending: { readonly error: Error | null } | null = null;
  #wake: (() => void) | null = null;

  /** `onOverflow` is told once, when more than `limit` would wait: the reader is too slow. */
  constructor(
    private readonly limit: number,
    private readonly onOverflow: () => void,
  ) {}

  push(item: T): void {
    if (this.#ending) return;
    if (this.#items.length >= this.limit) {
      this.end();
      this.onOverflow();
      return;
    }
    this.#items.push(item);
    this.#wake?.();
  }

  get hasEnded(): boolean {
    return this.#ending !== null;
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
