import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import type { ToolCommand } from '@terakoya/common/system-tools';

import { sayBye } from './rtcp-bye';

/** A segment that is complete; times in seconds of the stream, from its first frame. */
export interface WrittenSegment {
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

export interface FfmpegRunOptions {
  readonly ffmpeg: ToolCommand;
  readonly sdp: string;
  /** The port that the SDP names. */
  readonly port: number;
  /** Where segments are written, `<name>-00000.mkv` and on. */
  readonly folder: string;
  readonly name: string;
  /** A segment ends with the first key frame after so many seconds; every packet of sound is one. */
  readonly segmentSeconds: number;
  /** It knows the stream and writes. */
  readonly onStarted: () => void;
  readonly onSegment: (segment: WrittenSegment) => void;
}

export interface FfmpegRun {
  /** Asks it to end: it completes the segment it writes. Forced after 5 s. */
  stop(): void;
  /** Resolves when the process has ended and every segment was told of, with the last it said. */
  readonly ended: Promise<string>;
}

/**
 * How it is made to end. A BYE ends the input, whether packets come or not, and the segment under way is completed; one
 * that comes before ffmpeg listens is lost. A signal alone would be looked at with the next packet, which may never come.
 */
const BYE_AGAIN_MS = 500;
const INTERRUPT_MS = 1_500;
const KILL_MS = 5_000;
const TAIL_CHARACTERS = 1_000;

/**
 * Runs one ffmpeg that writes a track as it comes, without decoding it. It ends by itself when nothing has come for 10 s,
 * and so does not outlive a node that died.
 */
export function runFfmpeg({ ffmpeg, sdp, folder, name, ...options }: FfmpegRunOptions): FfmpegRun {
  const child = spawn(ffmpeg.command, argumentsOf(name, options.segmentSeconds), {
    cwd: folder,
    env: ffmpeg.env,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let tail = '';
  let hasStarted = false;
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    tail = (tail + text).slice(-TAIL_CHARACTERS);
    if (hasStarted || !tail.includes('Output #0')) return;
    hasStarted = true;
    options.onStarted();
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    const segment = parseLine(line, folder);
    if (segment) options.onSegment(segment);
  });
  child.stdin.on('error', () => undefined); // it has ended already: `ended` tells
  child.stdin.end(sdp);

  let hasEnded = false;
  let steps: NodeJS.Timeout[] = [];
  const ended = new Promise<string>((resolve) => {
    const done = (reason: string): void => {
      hasEnded = true;
      for (const step of steps) clearTimeout(step);
      resolve(reason);
    };
    child.once('error', (error) => done(error.message)); // it could not be started
    child.once('close', () => done(tail.trim().split('\n').slice(-3).join(' ')));
  });
  return {
    ended,
    stop() {
      if (hasEnded || steps.length > 0) return;
      sayBye(options.port);
      steps = [
        setTimeout(() => sayBye(options.port), BYE_AGAIN_MS),
        setTimeout(() => child.kill('SIGINT'), INTERRUPT_MS),
        setTimeout(() => child.kill('SIGKILL'), KILL_MS),
      ];
    },
  };
}

function argumentsOf(name: string, segmentSeconds: number): string[] {
  const input = [
    ...['-protocol_whitelist', 'pipe,udp,rtp', '-localaddr', '127.0.0.1'],
    // Packets that were sent again come late; wait 200 ms for them.
    ...['-reorder_queue_size', '512', '-max_delay', '200000', '-fflags', '+genpts'],
    // The size of a picture is known with the first key frame; its rate needs not be.
    ...['-analyzeduration', '10000000', '-probesize', '5000000', '-fpsprobesize', '0'],
    ...['-f', 'sdp', '-i', 'pipe:0'],
  ];
  const output = [
    ...['-map', '0', '-c', 'copy', '-f', 'segment', '-segment_format', 'matroska'],
    ...['-segment_time', String(segmentSeconds), '-reset_timestamps', '1'],
    ...['-segment_list', 'pipe:1', '-segment_list_type', 'csv', `${name}-%05d.mkv`],
  ];
  return ['-hide_banner', '-nostats', '-nostdin', '-loglevel', 'info', ...input, ...output];
}

/** `name-00000.mkv,0.000000,3.000000` */
function parseLine(line: string, folder: string): WrittenSegment | undefined {
  const [file = '', start = '', end = ''] = line.split(',');
  const times = [start, end].map(Number);
  const [from = Number.NaN, to = Number.NaN] = times;
  const isSegment = file.endsWith('.mkv') && times.every(Number.isFinite);
  return isSegment ? { path: join(folder, file), start: from, end: to } : undefined;
}
