/** How many tracks a node records at once: each is one ffmpeg. */
export class TrackPlaces {
  #free: number;

  constructor(places: number) {
    this.#free = places;
  }

  /** Takes a place; false when none is free. */
  take(): boolean {
    if (this.#free === 0) return false;
    this.#free -= 1;
    return true;
  }

  giveBack(): void {
    this.#free += 1;
  }
}
