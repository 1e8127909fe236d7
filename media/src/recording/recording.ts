import type { ToolCommand } from '@terakoya/common/system-tools';
import type { ObjectStorage } from '@terakoya/common/storage';

import type { RecordingEvents, RecordingIds } from './recording-events';
import { isRecordable } from './sdp';
import { SegmentKeeper } from './segment-keeper';
import type { TrackPlaces } from './track-places';
import { TrackRecorder } from './track-recorder';
import type { RecordableRoom, TrackSource } from './track-source';

export interface RecordingOptions {
  readonly ids: RecordingIds;
  readonly keyPrefix: string;
  readonly folder: string;
  readonly ffmpeg: ToolCommand;
  readonly storage: Pick<ObjectStorage, 'put'>;
  readonly events: RecordingEvents;
  readonly places: TrackPlaces;
}

/** One recording of a room: a recorder for each of its tracks. */
export class Recording {
  readonly startedAt = Date.now();
  readonly #recorders = new Map<TrackRecorder, Promise<void>>();
  readonly #unwatch: () => void;
  #stopping: Promise<number> | undefined;

  /** `onRoomClosed` is called when the recording has ended with its room and all is stored. */
  constructor(
    private readonly options: RecordingOptions,
    room: RecordableRoom,
    onRoomClosed: () => void,
  ) {
    options.events.started(options.ids);
    this.#unwatch = room.watch({
      trackAdded: (source) => this.#add(source),
      closed: () => void this.stop().then(onRoomClosed),
    });
  }

  get id(): string {
    return this.options.ids.recordingId;
  }

  get isStopped(): boolean {
    return this.#stopping !== undefined;
  }

  /** Ends every recorder; resolves with when that was, once all is stored and told of. */
  stop(): Promise<number> {
    return (this.#stopping ??= this.#stop());
  }

  async #stop(): Promise<number> {
    const stoppedAt = Date.now();
    this.#unwatch();
    for (const recorder of this.#recorders.keys()) recorder.stop();
    await Promise.all(this.#recorders.values());
    this.options.events.stopped(this.options.ids);
    return stoppedAt;
  }

  #add(source: TrackSource): void {
    const { ids, events, places, storage } = this.options;
    if (!isRecordable(source.mimeType)) return events.trackFailed(ids, source.track, 'UNSUPPORTED');
    if (!places.take()) return events.trackFailed(ids, source.track, 'LIMIT_EXCEEDED');
    const keeper = new SegmentKeeper({ ids, storage, events });
    const recorder = new TrackRecorder(source, { ...this.options, keeper });
    const recorded = recorder.record().finally(() => {
      places.giveBack();
      this.#recorders.delete(recorder);
    });
    this.#recorders.set(recorder, recorded);
  }
}
