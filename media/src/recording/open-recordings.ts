import { rm } from 'node:fs/promises';

import type { Closable } from '@terakoya/common/lifecycle';
import type { Logger } from '@terakoya/common/logging';
import { createScratchFolder } from '@terakoya/common/scratch';
import { createStorage } from '@terakoya/common/storage';
import type { EventLog } from '@terakoya/common/streams';
import { PreparedTool } from '@terakoya/common/system-tools';

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

/**
 * The node's recordings with what they need. A node without a store does all the rest and records nothing. ffmpeg may have to
 * be installed, which goes on while the node is at work.
 */
export async function openRecordings({ config, nodeId, log, logger, opened }: OpenRecordingsOptions) {
  const hasStorage = config.FILE_STORAGE_ENDPOINT ?? config.MINIO_ENDPOINT ?? config.FILE_STORAGE_DIRECTORY;
  const storage = hasStorage === undefined ? undefined : opened(createStorage(config));
  const folder = await createScratchFolder('recording');
  opened({ close: () => rm(folder, { recursive: true, force: true }) });
  const ffmpeg = opened(new PreparedTool('ffmpeg', { purpose: 'Recording', report: (line) => logger.info(line) }));
  if (storage) ffmpeg.prepare();
  return opened(
    new Recordings({
      storage,
      folder,
      tracks: config.MEDIA_RECORDING_TRACKS,
      findFfmpeg: () => ffmpeg.take(),
      events: createRecordingEvents(nodeId, log, logger),
    }),
  );
}
