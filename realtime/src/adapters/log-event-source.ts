import { UnavailableError, isSchoolError } from '@terakoya/common/errors';
import type { Logger } from '@terakoya/common/logging';
import { type Tail, createEventLog, tailEvents } from '@terakoya/common/streams';

import type { EventSource } from '../subscriptions/event-source';

/** The event log on Redis Streams: one blocking reader for the whole process. */
export function createLogEventSource(options: {
  readonly redisUrl: string;
  readonly prefix: string;
  readonly logger: Logger;
}): EventSource {
  const log = createEventLog(options);
  let tail: Tail | undefined;
  return {
    async listen(domains, listener) {
      tail = await tailEvents({ log, domains, ...listener, logger: options.logger });
      return tail.startedAfter;
    },
    async replay(domain, cursor, onBatch) {
      try {
        await log.replay(domain, cursor, onBatch);
      } catch (error) {
        if (isSchoolError(error)) throw error;
        throw new UnavailableError('The event log cannot be read just now.', error);
      }
    },
    readSince: (domain, since, onBatch) => log.readSince(domain, since, onBatch),
    ready: () => log.ready(),
    async close() {
      await tail?.close();
      await log.close();
    },
  };
}
