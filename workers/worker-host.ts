import { type RequestHandler, createHttpHost } from '@terakoya/common/http';
import { type Service, createService } from '@terakoya/common/lifecycle';
import type { Logger } from '@terakoya/common/logging';
import { type TaskImplementation, createTaskWorker } from '@terakoya/common/queue';
import { createEventLog } from '@terakoya/common/streams';

type Opened = Parameters<Parameters<typeof createService>[0]>[0];

export interface WorkerHostOptions {
  readonly service: string;
  readonly config: {
    readonly HOST: string;
    readonly PORT: number;
    readonly REDIS_URL: string;
    readonly REDIS_PREFIX: string;
  };
  readonly concurrency: number;
  readonly logger: Logger;
  /** Opens what the tasks need and returns them. */
  readonly open: (opened: Opened) => Promise<{
    readonly tasks: readonly TaskImplementation[];
    readonly readiness: Readonly<Record<string, () => Promise<void>>>;
    /** Routes besides health, readiness and metrics. */
    readonly handle?: RequestHandler;
  }>;
}

/** A worker process: takes jobs of one queue, and answers for its health and metrics. */
export function createWorkerHost({ service, config, concurrency, logger, open }: WorkerHostOptions): Service {
  const redis = { redisUrl: config.REDIS_URL, prefix: config.REDIS_PREFIX };
  return createService(async (opened) => {
    const { tasks, readiness, handle } = await open(opened);
    const eventLog = opened(createEventLog(redis));
    const worker = opened(createTaskWorker({ ...redis, tasks, concurrency, logger }));
    const host = createHttpHost({
      service,
      host: config.HOST,
      port: config.PORT,
      handle,
      readiness: { ...readiness, redis: () => eventLog.ready() },
    });
    const address = await opened(host).start();
    await worker.start();
    return address;
  });
}
