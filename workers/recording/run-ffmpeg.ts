import { dirname, join } from 'node:path';

import { SchoolError } from '@terakoya/common/errors';
import { type ToolCommand, runCommand } from '@terakoya/common/system-tools';

/** How a composition runs its programs, and until when. */
export interface FfmpegContext {
  readonly ffmpeg: ToolCommand;
  /** Where files are made that are gone with the composition. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** Far more than an attempt of the task may take; the signal ends it in time. */
const TIMEOUT_MS = 24 * 3_600_000;

/**
 * Runs ffmpeg to its end and gives what it complained of. A failure is INTERNAL_SERVER_ERROR with the last lines it wrote as
 * the cause; a signal that is aborted ends it, and its reason is thrown.
 */
export async function runFfmpeg(context: FfmpegContext, args: readonly string[]): Promise<string> {
  let complaints = '';
  await run(
    context,
    context.ffmpeg.command,
    ['-nostdin', '-hide_banner', '-loglevel', 'error', '-y', ...args],
    (text) => {
      complaints += text;
    },
  );
  return complaints;
}

/** Runs ffprobe, which lies beside ffmpeg, and gives what it says as JSON. */
export async function runFfprobe(context: FfmpegContext, args: readonly string[]): Promise<unknown> {
  const ffprobe = join(dirname(context.ffmpeg.command), 'ffprobe');
  return JSON.parse(await run(context, ffprobe, ['-v', 'error', '-of', 'json', ...args]));
}

async function run(
  { ffmpeg, folder, signal }: FfmpegContext,
  command: string,
  args: readonly string[],
  onOutput?: (text: string) => void,
): Promise<string> {
  signal.throwIfAborted();
  try {
    const options = { cwd: folder, env: ffmpeg.env, signal, timeoutMs: TIMEOUT_MS };
    return await runCommand(command, args, onOutput ? { ...options, onOutput } : options);
  } catch (cause) {
    signal.throwIfAborted();
    throw new SchoolError('INTERNAL_SERVER_ERROR', 'The recording could not be composed.', { cause });
  }
}
