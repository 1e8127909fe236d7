/** How many connections of all kinds are open, and how many may be. */
export class OpenConnections {
  #open = 0;

  constructor(private readonly maximum: number) {}

  get isFull(): boolean {
    return this.#open >= this.maximum;
  }

  /** Counts one in; gives the way to count it out, once. */
  enter(): () => void {
    this.#open += 1;
    let isIn = true;
    return () => {
      if (!isIn) return;
      isIn = false;
      this.#open -= 1;
    };
  }
}
