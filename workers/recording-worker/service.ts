import { rm } from 'node:fs/promises';

import { createHttpHost } from '@terakoya/common/http';
import { type Service, createService } from '@terakoya/common/lifecycle';
import { createLogger } from '@terakoya/common/logging';
import { createTaskWorker } from '@terakoya/common/queue';
import { createScratchFolder } from '@terakoya/common/scratch';
import { createStorage } from '@terakoya/common/storage';
import { PreparedTool } from '@terakoya/common/system-tools';

import { createRedisReadiness } from '../redis-readiness';
import { createComposeRecording } from '../tasks/compose-recording/handler';
import type { RecordingWorkerConfig } from './config';
import { createRecordingWorkerEvents } from './events';

/** Composes recordings of video classes: jobs of the queue `recording`, done by ffmpeg. */
export function createRecordingWorker(config: RecordingWorkerConfig): Service {
  const logger = createLogger('recording-worker', config.LOG_LEVEL);
  const events = createRecordingWorkerEvents(logger);
  return createService(async (opened) => {
    const storage = opened(createStorage(config));
    const redis = opened(createRedisReadiness(config.REDIS_URL));
    const folder = await createScratchFolder('composing');
    opened({ close: () => rm(folder, { recursive: true, force: true }) });
    const ffmpeg = opened(new PreparedTool('ffmpeg', { purpose: 'Composing', report: (line) => logger.info(line) }));
    ffmpeg.prepare();
    const worker = opened(
      createTaskWorker({
        redisUrl: config.REDIS_URL,
        prefix: config.REDIS_PREFIX,
        tasks: [createComposeRecording({ storage, folder, findFfmpeg: (signal) => ffmpeg.wait(signal), events })],
        concurrency: config.RECORDING_JOBS,
        logger,
      }),
    );
    await worker.start();
    const host = createHttpHost({
      service: 'recording-worker',
      host: config.HOST,
      port: config.PORT,
      readiness: { storage: () => storage.ready(), redis: () => redis.ready() },
    });
    return opened(host).start();
  });
}
