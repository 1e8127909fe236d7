import type { MediaRoom } from '@terakoya/common/contracts';
import { ConflictError, NotFoundError, UnavailableError } from '@terakoya/common/errors';
import type { Closable } from '@terakoya/common/lifecycle';
import type { ObjectStorage } from '@terakoya/common/storage';
import type { ToolCommand } from '@terakoya/common/system-tools';

import { Recording } from './recording';
import type { RecordingEvents } from './recording-events';
import { TrackPlaces } from './track-places';
import type { RecordableRoom } from './track-source';

export interface RecordingsOptions {
  /** Where segments are stored; undefined where the node has no store. */
  readonly storage: Pick<ObjectStorage, 'put'> | undefined;
  /** Where segments are written first. */
  readonly folder: string;
  /** How many tracks are recorded at once. */
  readonly tracks: number;
  /** UNAVAILABLE when there is none, or none yet. */
  readonly findFfmpeg: () => ToolCommand;
  readonly events: RecordingEvents;
}

/** The recordings of a node's rooms: of each room one, until the room closes. */
export class Recordings implements Closable {
  readonly #recordings = new Map<string, Recording>();
  readonly #places: TrackPlaces;
  #isClosed = false;

  constructor(private readonly options: RecordingsOptions) {
    this.#places = new TrackPlaces(options.tracks);
  }

  /** Starts recording a room; one that is being recorded under this id goes on. */
  async start(room: RecordableRoom, recordingId: string, keyPrefix: string): Promise<Recording> {
    const { storage, findFfmpeg } = this.options;
    if (!storage) throw new UnavailableError('This media node has no object store, so it cannot record.');
    const ffmpeg = findFfmpeg();
    const name = nameOf(room.id);
    const present = this.#recordings.get(name);
    if (present?.id === recordingId && !present.isStopped) return present;
    const isTaken = present && (present.id === recordingId || !present.isStopped);
    if (isTaken || this.#isClosed) throw new ConflictError('The room cannot be recorded under this id now.');
    const recording: Recording = new Recording(
      { ...this.options, storage, ffmpeg, keyPrefix, places: this.#places, ids: { room: room.id, recordingId } },
      room,
      () => {
        if (this.#recordings.get(name) === recording) this.#recordings.delete(name);
      },
    );
    this.#recordings.set(name, recording);
    return recording;
  }

  /** The room's recording of this id; NOT_FOUND when it never was or the room has closed. */
  get(room: MediaRoom, recordingId: string): Recording {
    const found = this.#recordings.get(nameOf(room));
    if (found?.id !== recordingId) throw new NotFoundError('recording', recordingId);
    return found;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#recordings.values()].map((recording) => recording.stop()));
  }
}

function nameOf({ meetingId, epoch }: MediaRoom): string {
  return `${meetingId}:${epoch}`;
}
