import { join } from 'node:path';

import { type Piece, listInput, piecesOf } from './concat-list';
import { PICTURE, type Tile, layOut } from './layout';
import type { LocalSegment } from './local-segment';
import { type FfmpegContext, runFfmpeg } from './run-ffmpeg';
import { FRAME_RATE, type Interval, type TimeRange, type Track, intervalsOf, segmentsWithin, timeOf } from './timeline';

type VideoTrack = Track<LocalSegment>;

/**
 * Composes the picture interval by interval, as long as the same tracks are seen, and gives the pieces in their order: H.264
 * of one size and frame rate, to be put together without encoding again.
 */
export async function composePicture(
  context: FfmpegContext,
  tracks: readonly VideoTrack[],
  range: TimeRange,
): Promise<Piece[]> {
  const pieces: Piece[] = [];
  for (const [index, interval] of intervalsOf(tracks, range).entries()) {
    const path = join(context.folder, `picture-${index}.mkv`);
    await composeInterval(context, interval, range, path);
    pieces.push({ path, milliseconds: ((interval.end - interval.start) * 1_000) / FRAME_RATE });
  }
  return pieces;
}

async function composeInterval(
  context: FfmpegContext,
  interval: Interval<VideoTrack>,
  range: TimeRange,
  path: string,
): Promise<void> {
  const inputs: string[] = [];
  const canvas = `color=black:s=${PICTURE.width}x${PICTURE.height}:r=${FRAME_RATE},format=yuv420p[b0]`;
  const filters = [canvas];
  for (const tile of layOut(interval.visible, isScreen)) {
    const segments = segmentsWithin(tile.track, range, interval);
    const [first] = segments;
    if (!first) continue;
    const number = filters.length - 1;
    // A track whose picture changes its size, as simulcast does, is scaled anew instead of beginning the graph anew.
    inputs.push('-reinit_filter', '0', ...(await listInput(context, `tile-${number}`, piecesOf(segments))));
    filters.push(filterOf(tile, number, (first.startedAt - timeOf(range, interval.start)) / 1_000));
  }
  const graph = [...filters, `[b${filters.length - 1}]null[out]`].join(';');
  await runFfmpeg(context, [
    ...inputs,
    ...['-filter_complex', graph, '-map', '[out]', '-frames:v', String(interval.end - interval.start)],
    // No B-frames: each piece then begins and ends at its very frames.
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '23', '-bf', '0', '-g', String(2 * FRAME_RATE)],
    ...['-flags:v', '+bitexact', '-fflags', '+bitexact', path],
  ]);
}

/** Fits a track into its tile; `offset` is when its first segment began, in seconds of the interval. */
function filterOf({ x, y, width, height }: Tile<VideoTrack>, number: number, offset: number): string {
  const scale = `scale=${width}:${height}:force_original_aspect_ratio=decrease:force_divisible_by=2`;
  const place = `overlay=x=${x}+(${width}-w)/2:y=${y}+(${height}-h)/2:eval=frame`;
  return [
    `[${number}:v]setpts=PTS-STARTPTS+${offset.toFixed(3)}/TB,${scale},setsar=1,format=yuv420p[t${number}]`,
    `[b${number}][t${number}]${place}[b${number + 1}]`,
  ].join(';');
}

function isScreen({ segments }: VideoTrack): boolean {
  return segments[0]?.source === 'SCREEN';
}
