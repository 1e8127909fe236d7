import { EVENTS } from '@terakoya/common/contracts';
import type { Closable } from '@terakoya/common/lifecycle';
import type { Logger } from '@terakoya/common/logging';
import { createEventLog, tailEvents } from '@terakoya/common/streams';

import { idsIn } from './ids-in';
import type { ResponseCache } from './response-cache';

export interface FollowOptions {
  readonly redisUrl: string;
  readonly prefix: string;
  readonly responses: ResponseCache;
  readonly logger: Logger;
}

/** Forgets the responses that show what an event of the school is about, within milliseconds of the event. */
export async function followChanges({ redisUrl, prefix, responses, logger }: FollowOptions): Promise<Closable> {
  const log = createEventLog({ redisUrl, prefix });
  const domains = [...new Set([...EVENTS.values()].map(({ domain }) => domain))];
  const tail = await tailEvents({
    log,
    domains,
    onEvent: ({ aggregateId, payload }) => responses.forget([aggregateId, ...idsIn(payload)]),
    onReset: () => responses.forgetAll(),
    logger,
  }).catch(async (error: unknown) => {
    await log.close();
    throw error;
  });
  return {
    async close() {
      await tail.close();
      await log.close();
    },
  };
}
