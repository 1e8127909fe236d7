import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { LocalSegment } from './local-segment';
import type { FfmpegContext } from './run-ffmpeg';

/** A piece of a track: a file, and how long after its start the next one starts, in milliseconds. */
export interface Piece {
  readonly path: string;
  readonly milliseconds: number;
}

/** Writes a list that ffmpeg's concat demuxer reads as one input, and gives the arguments of that input. */
export async function listInput(context: FfmpegContext, name: string, pieces: readonly Piece[]): Promise<string[]> {
  const path = join(context.folder, `${name}.ffconcat`);
  const lines = pieces.flatMap((piece) => [
    `file '${piece.path}'`,
    `duration ${(Math.max(piece.milliseconds, 1) / 1_000).toFixed(3)}`,
  ]);
  await writeFile(path, ['ffconcat version 1.0', ...lines, ''].join('\n'));
  return ['-f', 'concat', '-safe', '0', '-i', path];
}

/** Segments at the distances at which they were recorded. */
export function piecesOf(segments: readonly LocalSegment[]): Piece[] {
  return segments.map(({ path, startedAt, durationMs }, index) => {
    const next = segments[index + 1];
    return { path, milliseconds: next ? next.startedAt - startedAt : durationMs };
  });
}
