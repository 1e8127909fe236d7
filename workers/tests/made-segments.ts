import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { RecordedSegment } from '@terakoya/common/contracts';
import type { ObjectStorage } from '@terakoya/common/storage';
import type { ToolCommand } from '@terakoya/common/system-tools';

/** When the recordings of these tests began. */
export const BEGAN = 1_764_000_000_000;

type TrackFacts = Pick<RecordedSegment, 'trackId' | 'participantId' | 'source' | 'kind'>;

export function newTrack(source: RecordedSegment['source']): TrackFacts {
  const kind = source === 'CAMERA' || source === 'SCREEN' ? 'video' : 'audio';
  return { trackId: randomUUID(), participantId: randomUUID(), source, kind };
}

/** Makes segments as a media node stores them, of plain colours and tones. */
export function segmentMaker(ffmpeg: ToolCommand, folder: string, storage: ObjectStorage) {
  const made = new Map<string, number>();
  const run = (args: readonly string[]): void => {
    execFileSync(ffmpeg.command, ['-y', '-nostdin', '-loglevel', 'error', ...args], { cwd: folder, env: ffmpeg.env });
  };
  const store = async (track: TrackFacts, file: string, startSeconds: number, seconds: number) => {
    const index = made.get(track.trackId) ?? 0;
    made.set(track.trackId, index + 1);
    const key = `recordings/${track.trackId}/${index}.mkv`;
    const body = readFileSync(join(folder, file));
    const contentType = `${track.kind}/x-matroska`;
    await storage.put(key, body, contentType);
    const startedAt = BEGAN + startSeconds * 1_000;
    const segment: RecordedSegment = {
      ...track,
      index,
      key,
      startedAt,
      durationMs: seconds * 1_000,
      contentType,
      size: body.byteLength,
    };
    return segment;
  };
  const encode = (file: string, colour: string, size: string, seconds: number): void =>
    run([
      ...['-f', 'lavfi', '-i', `color=${colour}:s=${size}:r=15`, '-t', String(seconds)],
      ...['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '200k', file],
    ]);
  return {
    picture(track: TrackFacts, colour: string, size: string, startSeconds: number, seconds: number) {
      encode('picture.mkv', colour, size, seconds);
      return store(track, 'picture.mkv', startSeconds, seconds);
    },
    /** A picture that changes its size half-way, as when simulcast goes to another layer. */
    changingPicture(
      track: TrackFacts,
      colour: string,
      sizes: readonly string[],
      startSeconds: number,
      seconds: number,
    ) {
      const files = sizes.map((size, index) => {
        encode(`part-${index}.mkv`, colour, size, seconds / sizes.length);
        return `file 'part-${index}.mkv'`;
      });
      writeFileSync(join(folder, 'parts.ffconcat'), ['ffconcat version 1.0', ...files, ''].join('\n'));
      run(['-f', 'concat', '-safe', '0', '-i', 'parts.ffconcat', '-c', 'copy', 'picture.mkv']);
      return store(track, 'picture.mkv', startSeconds, seconds);
    },
    tone(track: TrackFacts, hertz: number, startSeconds: number, seconds: number) {
      const source = ['-f', 'lavfi', '-i', `sine=${hertz}:r=48000`, '-t', String(seconds)];
      run([...source, '-ac', '2', '-c:a', 'libopus', 'tone.mkv']);
      return store(track, 'tone.mkv', startSeconds, seconds);
    },
  };
}
