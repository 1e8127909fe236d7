import { mkdtemp, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { composeRecording } from '@terakoya/common/contracts';
import { type TaskImplementation, implementTask } from '@terakoya/common/queue';
import type { ObjectStorage } from '@terakoya/common/storage';
import type { ToolCommand } from '@terakoya/common/system-tools';

import { orAborted } from '../../abortable';
import type { RecordingWorkerEvents } from '../../recording-worker/events';
import { compose } from '../../recording/compose';

export interface ComposeRecordingNeeds {
  readonly storage: ObjectStorage;
  /** Where each run has a folder of its own. */
  readonly folder: string;
  /** UNAVAILABLE when there is none. */
  readonly findFfmpeg: (signal: AbortSignal) => Promise<ToolCommand>;
  readonly events: RecordingWorkerEvents;
}

const CONTENT_TYPE = 'video/mp4' as const;

/** Makes one file of a recording. Idempotent: run again, it puts the same bytes under the same key. */
export function createComposeRecording(needs: ComposeRecordingNeeds): TaskImplementation {
  const { storage, events } = needs;
  return implementTask(composeRecording, async (payload, { signal }) => {
    const { outputKey: key, recordingId } = payload;
    const began = Date.now();
    const ffmpeg = await needs.findFfmpeg(signal);
    const folder = await mkdtemp(join(needs.folder, 'run-'));
    try {
      const { path, skipped, ...facts } = await compose(payload, storage, { ffmpeg, folder, signal });
      signal.throwIfAborted();
      await orAborted(signal, storage.putFile(key, path, CONTENT_TYPE));
      const { size } = await stat(path);
      events.recordingComposed(recordingId, { ...facts, size, skipped: skipped.length, tookMs: Date.now() - began });
      return { key, contentType: CONTENT_TYPE, size, ...facts, skippedSegments: [...skipped] };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}
