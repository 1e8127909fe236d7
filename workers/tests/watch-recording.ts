import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';

import type { ToolCommand } from '@terakoya/common/system-tools';

const HERTZ = 8_000;

interface Probed {
  readonly streams: readonly { readonly codec_name: string; readonly width?: number; readonly height?: number }[];
  readonly format: { readonly duration: string };
  readonly chapters: readonly {
    readonly start_time: string;
    readonly end_time: string;
    readonly tags: { title: string };
  }[];
}

/** A composed recording as a player has it. */
export function watchRecording(ffmpeg: ToolCommand, path: string) {
  const run = (program: string, args: readonly string[]): Buffer =>
    execFileSync(join(dirname(ffmpeg.command), program), ['-v', 'error', ...args], {
      env: ffmpeg.env,
      maxBuffer: 1e9,
    });
  const show = ['-show_streams', '-show_format', '-show_chapters', '-of', 'json', path];
  const samples = run('ffmpeg', ['-i', path, '-map', '0:a?', '-ac', '1', '-ar', String(HERTZ), '-f', 's16le', '-']);
  return {
    probed: JSON.parse(run('ffprobe', show).toString()) as Probed, // in the form that -of json has
    /** The colour (red, green, blue; 0 to 255) of a pixel at a time. */
    colourAt(seconds: number, x: number, y: number): number[] {
      const crop = `crop=2:2:${x}:${y}`;
      const seek = ['-ss', String(seconds), '-i', path];
      return [
        ...run('ffmpeg', [...seek, '-frames:v', '1', '-vf', crop, '-pix_fmt', 'rgb24', '-f', 'rawvideo', '-']),
      ].slice(0, 3);
    },
    /** How loud it is between two times, root mean square, 0 to 1. */
    loudness(from: number, to: number): number {
      let sum = 0;
      const first = Math.round(from * HERTZ);
      const last = Math.round(to * HERTZ);
      for (let index = first; index < last; index += 1) sum += (samples.readInt16LE(index * 2) / 32_768) ** 2;
      return Math.sqrt(sum / (last - first));
    },
    /** How often a second the wave goes up through zero: the tone's frequency. */
    hertz(from: number, to: number): number {
      let crossings = 0;
      for (let index = Math.round(from * HERTZ); index < to * HERTZ - 1; index += 1) {
        if (samples.readInt16LE(index * 2) < 0 && samples.readInt16LE(index * 2 + 2) >= 0) crossings += 1;
      }
      return crossings / (to - from);
    },
  };
}
