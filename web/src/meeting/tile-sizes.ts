/** How long sizes may change before they are told. */
const QUIET_MS = 250;

/** Gathers how large tracks are shown, and tells it when it has not changed for a moment. */
export class TileSizes {
  readonly #heights = new Map<string, number>();
  readonly #changed = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly tell: (heights: ReadonlyMap<string, number>) => void) {}

  /** `height` in physical pixels; 0 for what is not seen. */
  set(trackId: string, height: number): void {
    if (this.#heights.get(trackId) === height) return;
    this.#heights.set(trackId, height);
    this.#schedule(trackId);
  }

  /** A track is received from now on: its size must be told, also if it has not changed. */
  renew(trackId: string): void {
    if (this.#heights.has(trackId)) this.#schedule(trackId);
  }

  forget(trackId: string): void {
    this.#heights.delete(trackId);
    this.#changed.delete(trackId);
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #schedule(trackId: string): void {
    this.#changed.add(trackId);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const told = [...this.#changed].flatMap((id) => {
        const height = this.#heights.get(id);
        return height === undefined ? [] : [[id, height] as const];
      });
      this.#changed.clear();
      if (told.length > 0) this.tell(new Map(told));
    }, QUIET_MS);
  }
}
