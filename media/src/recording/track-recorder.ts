import { setTimeout as delay } from 'node:timers/promises';

import { messageOf } from '@terakoya/common/errors';
import type { ToolCommand } from '@terakoya/common/system-tools';

import { type FfmpegRun, type WrittenSegment, runFfmpeg } from './ffmpeg-run';
import { freePortPair } from './free-ports';
import { KeyFrames } from './key-frames';
import type { RecordingEvents, RecordingIds } from './recording-events';
import { sdpOf } from './sdp';
import type { SegmentKeeper } from './segment-keeper';
import { StreamClock } from './stream-clock';
import type { TrackSource } from './track-source';

export interface TrackRecorderOptions {
  readonly ids: RecordingIds;
  readonly ffmpeg: ToolCommand;
  readonly folder: string;
  readonly keyPrefix: string;
  readonly keeper: SegmentKeeper;
  readonly events: RecordingEvents;
}

const SEGMENT_SECONDS = { audio: 3, video: 2 } as const; // pictures wait for a key frame, which is asked for after 3 s
/** An ffmpeg that lived so long was no failure: it ends by itself when a sender is silent. */
const LONG_ENOUGH_MS = 8_000;
const MOST_FAILURES = 5;
const FIRST_PAUSE_MS = 100;

/**
 * Records one track in takes: one ffmpeg from each start or resumption of the sender to its pause or end. An ffmpeg that
 * dies is replaced; after five in a row that brought nothing the track is given up.
 */
export class TrackRecorder {
  readonly #stopping = new AbortController();
  #run: FfmpegRun | undefined;
  #wake: () => void = () => undefined;
  #takes = 0;
  #segments = 0;

  constructor(
    private readonly source: TrackSource,
    private readonly options: TrackRecorderOptions,
  ) {}

  /** Resolves when the track has ended or `stop` was called, and every segment is stored and told of. */
  async record(): Promise<void> {
    const unwatch = this.source.onChanged(() => this.#changed());
    let failures = 0;
    while (!this.#isOver && failures < MOST_FAILURES) {
      if (this.source.isPaused) {
        await new Promise<void>((resolve) => (this.#wake = resolve));
        continue;
      }
      failures = (await this.#take()) ? 0 : failures + 1;
      if (failures > 0 && failures < MOST_FAILURES) await this.#pause(FIRST_PAUSE_MS * 2 ** failures);
    }
    unwatch();
    if (failures >= MOST_FAILURES) this.options.events.trackFailed(this.options.ids, this.source.track, 'BROKEN');
    await this.options.keeper.settled();
  }

  stop(): void {
    this.#stopping.abort();
    this.#changed();
  }

  get #isOver(): boolean {
    return this.#stopping.signal.aborted || this.source.isClosed;
  }

  #changed(): void {
    if (this.#isOver || this.source.isPaused) this.#run?.stop();
    this.#wake();
  }

  async #pause(milliseconds: number): Promise<void> {
    await delay(milliseconds, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
  }

  /** One run of ffmpeg, from its start to its end; whether it was of use. */
  async #take(): Promise<boolean> {
    const began = Date.now();
    const segmentsBefore = this.#segments;
    const why = await this.#runOnce().catch(messageOf);
    const wasAsked = this.#isOver || this.source.isPaused;
    const isGood = wasAsked || this.#segments > segmentsBefore || Date.now() - began >= LONG_ENOUGH_MS;
    if (!isGood) this.options.events.takeFailed(this.options.ids, this.source.track.trackId, why);
    return isGood;
  }

  async #runOnce(): Promise<string> {
    const { track } = this.source;
    const port = await freePortPair();
    const tap = await this.source.tap(port);
    const keyFrames = track.kind === 'video' ? new KeyFrames(tap) : undefined;
    const clock = new StreamClock();
    try {
      this.#run = runFfmpeg({
        ffmpeg: this.options.ffmpeg,
        sdp: sdpOf(tap.codec, port),
        port,
        folder: this.options.folder,
        name: `${track.trackId}-${this.#takes++}`,
        segmentSeconds: SEGMENT_SECONDS[track.kind],
        onStarted: () => {
          clock.observe(0, Date.now());
          keyFrames?.segmentBegan();
        },
        onSegment: (written) => {
          clock.observe(written.end * 1_000, Date.now());
          keyFrames?.segmentBegan();
          this.#keep(written, clock);
        },
      });
      this.#changed(); // it may have been paused meanwhile
      await tap.resume();
      return await this.#run.ended;
    } finally {
      this.#run?.stop();
      await this.#run?.ended;
      this.#run = undefined;
      keyFrames?.close();
      tap.close();
    }
  }

  #keep({ path, start, end }: WrittenSegment, clock: StreamClock): void {
    const { keeper, keyPrefix } = this.options;
    const { track } = this.source;
    const index = this.#segments++;
    keeper.keep({
      path,
      segment: {
        ...track,
        index,
        key: `${keyPrefix}${track.trackId}/${String(index).padStart(6, '0')}.mkv`,
        startedAt: clock.wallTime(start * 1_000),
        durationMs: Math.round((end - start) * 1_000),
        contentType: `${track.kind}/x-matroska`,
      },
    });
  }
}
