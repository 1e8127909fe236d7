import type { TrackTap } from './track-source';

/** Until ffmpeg has one, it is asked for often: the first may have come before ffmpeg listened. */
const FIRST_MS = 250;
/** So long after a segment began, the next one may begin. */
const SEGMENT_MS = 3_000;
/** And so often it is asked for until it comes. */
const AGAIN_MS = 500;

/** Sees to it that a track of pictures has a key frame where a segment should begin. */
export class KeyFrames {
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(private readonly tap: TrackTap) {
    this.#ask(FIRST_MS, FIRST_MS);
  }

  /** A segment has begun: the next key frame is wanted 3 s from now. */
  segmentBegan(): void {
    this.#ask(SEGMENT_MS, AGAIN_MS);
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  #ask(afterMs: number, againMs: number): void {
    clearTimeout(this.#timer);
    if (this.#isClosed) return;
    this.#timer = setTimeout(() => {
      this.tap.requestKeyFrame().catch(() => undefined); // the track has ended: its recorder hears of it
      this.#ask(againMs, againMs);
    }, afterMs);
  }
}
