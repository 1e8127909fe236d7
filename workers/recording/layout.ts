/** The composed picture, in pixels. */
export const PICTURE = { width: 1280, height: 720 } as const;
/** So many are seen at once; of more, those that came first. */
const MOST_TILES = 9;
/** A shared screen leaves this width for the cameras beside it. */
const STRIP_WIDTH = 256;
const STRIP_TILE_HEIGHT = 144;

/** Where a track is shown; its picture is fitted into it and keeps its shape. */
export interface Tile<T> {
  readonly track: T;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A shared screen is large, with the others in a strip on its right; without one everybody has the same room in a grid. */
export function layOut<T>(tracks: readonly T[], isScreen: (track: T) => boolean): Tile<T>[] {
  const screen = tracks.findLast(isScreen); // the one shared last
  if (screen === undefined) return grid(tracks.slice(0, MOST_TILES));
  const others = tracks.filter((track) => track !== screen).slice(0, MOST_TILES - 1);
  const width = PICTURE.width - (others.length > 0 ? STRIP_WIDTH : 0);
  return [{ track: screen, x: 0, y: 0, width, height: PICTURE.height }, ...strip(others)];
}

function strip<T>(tracks: readonly T[]): Tile<T>[] {
  const height = Math.min(STRIP_TILE_HEIGHT, even(PICTURE.height / tracks.length));
  const top = even((PICTURE.height - height * tracks.length) / 2);
  const x = PICTURE.width - STRIP_WIDTH;
  return tracks.map((track, index) => ({ track, x, y: top + index * height, width: STRIP_WIDTH, height }));
}

function grid<T>(tracks: readonly T[]): Tile<T>[] {
  const columns = Math.ceil(Math.sqrt(tracks.length));
  const rows = Math.ceil(tracks.length / columns);
  const width = even(PICTURE.width / columns);
  const height = even(PICTURE.height / rows);
  return tracks.map((track, index) => {
    const row = Math.floor(index / columns);
    const inRow = row === rows - 1 ? tracks.length - row * columns : columns;
    const left = even((PICTURE.width - inRow * width) / 2); // the last row stands in the middle
    return { track, x: left + (index % columns) * width, y: row * height, width, height };
  });
}

/** The pixel format wants even places and sizes. */
function even(value: number): number {
  return 2 * Math.floor(value / 2);
}
