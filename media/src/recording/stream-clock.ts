/** So many observations count: about two minutes. */
const WINDOW = 40;
/** When so many in a row are later than this, the sender's clock has jumped. */
const JUMP_MS = 500;
const JUMP_OBSERVATIONS = 3;

/**
 * Tells at what time of day the frames of a stream came. A frame is seen somewhat after it has come, never before, so of
 * all differences between the two clocks the smallest of late is the truest; it follows a sender's clock that runs
 * fast or slow.
 */
export class StreamClock {
  #offsets: number[] = [];

  /** A frame of stream time `streamMs` had come when it was `wallMs` (milliseconds since the epoch). */
  observe(streamMs: number, wallMs: number): void {
    this.#offsets = [...this.#offsets, wallMs - streamMs].slice(-WINDOW);
    const latest = this.#offsets.slice(-JUMP_OBSERVATIONS);
    const hasJumped = latest.length === JUMP_OBSERVATIONS && Math.min(...latest) > Math.min(...this.#offsets) + JUMP_MS;
    if (hasJumped) this.#offsets = latest;
  }

  /** When the frame of this stream time came, in whole milliseconds since the epoch; something was observed before. */
  wallTime(streamMs: number): number {
    return Math.round(streamMs + Math.min(...this.#offsets));
  }
}
