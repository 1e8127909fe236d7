import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { TaskPayload, composeRecording } from '@terakoya/common/contracts';
import { ConflictError, SchoolError } from '@terakoya/common/errors';
import type { ObjectStorage } from '@terakoya/common/storage';
import { z } from 'zod';

import { chapterMetadata } from './chapters';
import { composePicture } from './compose-picture';
import { listInput } from './concat-list';
import { fetchSegments } from './fetch-segments';
import type { LocalSegment } from './local-segment';
import { readableTrack } from './readable-segments';
import { type FfmpegContext, runFfmpeg, runFfprobe } from './run-ffmpeg';
import { soundOf } from './sound-inputs';
import { type Track, tracksOf } from './timeline';

type Payload = TaskPayload<typeof composeRecording>;

/** A recording as one file. */
export interface Composition {
  readonly path: string;
  readonly durationMs: number;
  readonly hasVideo: boolean;
  readonly hasAudio: boolean;
  readonly skipped: readonly { readonly trackId: string; readonly index: number }[];
}

/** What a player may differ by from what was recorded. */
const TOLERANCE_MS = 500;

/** Makes an MP4 of a recording's segments; CONFLICT when none can be read. */
export async function compose(
  payload: Payload,
  storage: Pick<ObjectStorage, 'get'>,
  context: FfmpegContext,
): Promise<Composition> {
  const fetched = await fetchSegments(storage, payload.segments, context);
  const tracks: Track<LocalSegment>[] = [];
  for (const track of tracksOf(fetched)) tracks.push(await readableTrack(context, track));
  const readable = new Set(tracks.flatMap(({ segments }) => segments.map(nameOf)));
  if (readable.size === 0) throw new ConflictError('Nothing of the recording can be read.');
  const skipped = payload.segments.filter((segment) => !readable.has(nameOf(segment)));

  const path = await mux(payload, tracks, context);
  const found = await inspect(context, path);
  const wantedMs = payload.endedAt - payload.startedAt;
  if (Math.abs(found.durationMs - wantedMs) > TOLERANCE_MS) {
    const cause = new Error(`it lasts ${found.durationMs} ms in place of ${wantedMs} ms`);
    throw new SchoolError('INTERNAL_SERVER_ERROR', 'The recording could not be composed.', { cause });
  }
  return { path, ...found, skipped: skipped.map(({ trackId, index }) => ({ trackId, index })) };
}

async function mux(payload: Payload, tracks: readonly Track<LocalSegment>[], context: FfmpegContext): Promise<string> {
  const path = join(context.folder, 'recording.mp4');
  const chapters = join(context.folder, 'chapters.txt');
  const totalMs = payload.endedAt - payload.startedAt;
  await writeFile(chapters, chapterMetadata(payload.chapters, totalMs));
  const [seen, heard] = (['video', 'audio'] as const).map((kind) => ofKind(tracks, kind));
  const picture = seen?.length ? await composePicture(context, seen, payload) : [];
  const hasPicture = picture.length > 0;
  const sound = heard?.length ? await soundOf(context, heard, payload, hasPicture ? 2 : 1) : undefined;
  await runFfmpeg(context, [
    ...['-f', 'ffmetadata', '-i', chapters],
    ...(hasPicture ? await listInput(context, 'picture', picture) : []),
    ...(sound
      ? [...sound.inputs, '-filter_complex', sound.filter, '-map', '[sound]', '-c:a', 'aac', '-b:a', '128k']
      : []),
    ...(hasPicture ? ['-map', '1:v', '-c:v', 'copy'] : []),
    ...['-map_metadata', '0', '-map_chapters', '0', '-t', (totalMs / 1_000).toFixed(3)],
    ...['-flags:a', '+bitexact', '-fflags', '+bitexact', '-movflags', '+faststart', path],
  ]);
  return path;
}

function ofKind(tracks: readonly Track<LocalSegment>[], kind: 'audio' | 'video'): Track<LocalSegment>[] {
  return tracks.filter(({ segments }) => segments[0]?.kind === kind);
}

const probed = z.object({
  streams: z.array(z.object({ codec_type: z.string() })),
  format: z.object({ duration: z.coerce.number() }),
});

async function inspect(context: FfmpegContext, path: string) {
  const what = ['-show_entries', 'stream=codec_type:format=duration'];
  const { streams, format } = probed.parse(await runFfprobe(context, [...what, path]));
  const has = (type: string): boolean => streams.some(({ codec_type: found }) => found === type);
  return { durationMs: Math.round(format.duration * 1_000), hasVideo: has('video'), hasAudio: has('audio') };
}

function nameOf({ trackId, index }: { readonly trackId: string; readonly index: number }): string {
  return `${trackId}/${index}`;
}
