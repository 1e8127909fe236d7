import { join } from 'node:path';

import { type Piece, listInput } from './concat-list';
import type { LocalSegment } from './local-segment';
import { type FfmpegContext, runFfmpeg } from './run-ffmpeg';
import type { TimeRange, Track } from './timeline';

/** Shorter gaps are filled by the resampler itself; it would hold all of a longer one in memory. */
const LONGEST_GAP_MS = 5_000;
const SILENCE_MS = 5_000;

/** The sound of a recording: the inputs of ffmpeg, and the filter that mixes them to `[sound]`. */
export interface Sound {
  readonly inputs: readonly string[];
  readonly filter: string;
}

/** Mixes all tracks at their times; `firstInput` is the number of the first of their inputs. */
export async function soundOf(
  context: FfmpegContext,
  tracks: readonly Track<LocalSegment>[],
  range: TimeRange,
  firstInput: number,
): Promise<Sound> {
  const silence = await makeSilence(context);
  const inputs: string[] = [];
  const filters: string[] = [];
  for (const [index, { segments }] of tracks.entries()) {
    const began = Math.min(range.startedAt, segments[0]?.startedAt ?? range.startedAt);
    inputs.push(...(await listInput(context, `sound-${index}`, withSilence(segments, began, silence))));
    const offset = ((began - range.startedAt) / 1_000).toFixed(3);
    // Gaps become silence, and what came before the start is cut off.
    const placed = `asetpts=PTS+${offset}/TB,aresample=48000:async=1:first_pts=0,aformat=fltp:channel_layouts=stereo`;
    filters.push(`[${firstInput + index}:a]${placed}[s${index}]`);
  }
  const all = tracks.map((_track, index) => `[s${index}]`).join('');
  const seconds = ((range.endedAt - range.startedAt) / 1_000).toFixed(3);
  const mixed = `${all}amix=inputs=${tracks.length}:normalize=0,alimiter=limit=0.95:level=0`;
  return { inputs, filter: [...filters, `${mixed},apad,atrim=end=${seconds}[sound]`].join(';') };
}

/** A track's pieces from `began` on, with pieces of silence where nothing was recorded for long. */
function withSilence(segments: readonly LocalSegment[], began: number, silence: string): Piece[] {
  const first = segments[0]?.startedAt ?? began;
  const pieces = fill(first - began, silence);
  for (const [index, { path, startedAt, durationMs }] of segments.entries()) {
    const next = segments[index + 1]?.startedAt ?? startedAt + durationMs;
    const gap = next - startedAt - durationMs;
    const isLong = gap > LONGEST_GAP_MS;
    pieces.push({ path, milliseconds: isLong ? durationMs : next - startedAt });
    if (isLong) pieces.push(...fill(gap, silence));
  }
  return pieces;
}

function fill(milliseconds: number, path: string): Piece[] {
  const count = Math.ceil(milliseconds / SILENCE_MS);
  return Array.from({ length: count }, (_piece, index) => ({
    path,
    milliseconds: Math.min(SILENCE_MS, milliseconds - index * SILENCE_MS),
  }));
}

/** A moment of silence in the form of the segments; how long it counts is said where it is used. */
async function makeSilence(context: FfmpegContext): Promise<string> {
  const path = join(context.folder, 'silence.mkv');
  const source = 'anullsrc=r=48000:cl=stereo';
  await runFfmpeg(context, ['-f', 'lavfi', '-i', source, '-t', '0.02', '-c:a', 'libopus', path]);
  return path;
}
