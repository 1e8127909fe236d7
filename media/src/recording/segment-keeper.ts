import { readFile, rm } from 'node:fs/promises';

import type { RecordedSegment } from '@terakoya/common/contracts';
import type { ObjectStorage } from '@terakoya/common/storage';

import { persistently } from './persistently';
import type { RecordingEvents, RecordingIds } from './recording-events';

export interface SegmentKeeperOptions {
  readonly ids: RecordingIds;
  readonly storage: Pick<ObjectStorage, 'put'>;
  readonly events: RecordingEvents;
}

/** A finished segment in a file of this machine. */
export interface LocalSegment {
  readonly path: string;
  readonly segment: Omit<RecordedSegment, 'size'>;
}

/** How long the store or the event log may be away before a segment is given up. */
const KEEP_MS = 600_000;
/** The same at the end of a recording, for all that is left. */
const LAST_MS = 30_000;

/** Stores a track's segments in their order, tells of each that is stored, and removes its file. */
export class SegmentKeeper {
  #last: Promise<void> = Promise.resolve();
  readonly #ending = new AbortController();

  constructor(private readonly options: SegmentKeeperOptions) {}

  keep(local: LocalSegment): void {
    const signal = AbortSignal.any([this.#ending.signal, AbortSignal.timeout(KEEP_MS)]);
    this.#last = this.#last.then(() => this.#store(local, signal));
  }

  /** Resolves when nothing is left to be stored; what is not stored 30 s from now is lost. */
  async settled(): Promise<void> {
    const timer = setTimeout(() => this.#ending.abort(), LAST_MS);
    await this.#last;
    clearTimeout(timer);
  }

  async #store({ path, segment }: LocalSegment, signal: AbortSignal): Promise<void> {
    const { ids, storage, events } = this.options;
    try {
      const body = await readFile(path);
      await persistently('Storing a segment', signal, () => storage.put(segment.key, body, segment.contentType));
      const tell = events.segmentStored(ids, { ...segment, size: body.byteLength });
      await persistently('Telling of a segment', signal, tell);
    } catch (error) {
      events.segmentLost(ids, segment.trackId, error);
    } finally {
      await rm(path, { force: true });
    }
  }
}
