import { rm } from 'node:fs/promises';

import { UnavailableError } from '@terakoya/common/errors';
import type { Closable } from '@terakoya/common/lifecycle';
import type { Logger } from '@terakoya/common/logging';
import { createScratchFolder } from '@terakoya/common/scratch';
import { createStorage } from '@terakoya/common/storage';
import type { EventLog } from '@terakoya/common/streams';
import { type ToolCommand, requireTool } from '@terakoya/common/system-tools';

import type { MediaConfig } from '../config';
import { createRecordingEvents } from './recording-events';
import { Recordings } from './recordings';

export interface OpenRecordingsOptions {
  readonly config: MediaConfig;
  readonly nodeId: string;
  readonly log: Pick<EventLog, 'append'>;
  readonly logger: Logger;
  readonly opened: <R extends Closable>(resource: R) => R;
}

/** ffmpeg may have to be installed first. */
const FFMPEG_MS = 120_000;

/** The node's recordings with what they need. A node without a store does all the rest and records nothing. */
export async function openRecordings({ config, nodeId, log, logger, opened }: OpenRecordingsOptions) {
  const hasStorage = config.FILE_STORAGE_ENDPOINT ?? config.MINIO_ENDPOINT ?? config.FILE_STORAGE_DIRECTORY;
  const storage = hasStorage === undefined ? undefined : opened(createStorage(config));
  const folder = await createScratchFolder('recording');
  opened({ close: () => rm(folder, { recursive: true, force: true }) });
  const report = (line: string): void => logger.info(line);
  return opened(
    new Recordings({
      storage,
      folder,
      tracks: config.MEDIA_RECORDING_TRACKS,
      findFfmpeg: () => findFfmpeg(report),
      events: createRecordingEvents(nodeId, log, logger),
    }),
  );
}

async function findFfmpeg(report: (line: string) => void): Promise<ToolCommand> {
  try {
    return await requireTool('ffmpeg', { report, signal: AbortSignal.timeout(FFMPEG_MS) });
  } catch (cause) {
    throw new UnavailableError('This media node has no ffmpeg, so it cannot record.', cause);
  }
}
