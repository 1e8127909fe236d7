import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { type ToolCommand, runCommand } from '@terakoya/common/system-tools';

/** What ffprobe says of a file: its one stream, its length and the times of its packets, in seconds. */
export async function probe(ffmpeg: ToolCommand, path: string) {
  const ffprobe = join(dirname(ffmpeg.command), 'ffprobe');
  const what = ['-show_entries', 'stream=codec_name:format=duration:packet=pts_time,flags'];
  const output = await runCommand(ffprobe, ['-v', 'error', '-of', 'json', ...what, path], { env: ffmpeg.env });
  const { streams, format, packets } = JSON.parse(output);
  return {
    codec: streams[0].codec_name as string,
    seconds: Number(format.duration ?? 0), // none is told of a single picture
    times: (packets as { pts_time: string }[]).map((packet) => Number(packet.pts_time)),
    beginsWithKeyFrame: (packets[0].flags as string).startsWith('K'),
  };
}

/** How wide the first picture is, decoded: a file's head tells what the track began with. */
export async function firstWidth(ffmpeg: ToolCommand, path: string): Promise<number> {
  const ffprobe = join(dirname(ffmpeg.command), 'ffprobe');
  const what = ['-show_entries', 'frame=width', '-read_intervals', '%+#1'];
  const output = await runCommand(ffprobe, ['-v', 'error', '-of', 'json', ...what, path], { env: ffmpeg.env });
  return JSON.parse(output).frames[0].width;
}

/** Whether any process of the machine writes segments of this track. */
export function isBeingRecorded(trackId: string): boolean {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.some((pid) => commandLineOf(pid).includes(`${trackId}-`));
}

/** The ids of this process's own ffmpegs that write segments. */
export function recorderPids(): number[] {
  const children = readdirSync('/proc/self/task').flatMap((task) =>
    readFileSync(`/proc/self/task/${task}/children`, 'utf8').split(' '),
  );
  return children.filter((pid) => pid !== '' && commandLineOf(pid).includes('segment_list')).map(Number);
}

function commandLineOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return ''; // it has ended
  }
}
