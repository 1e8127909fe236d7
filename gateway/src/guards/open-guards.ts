import type { IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

import { type Closable, closeInReverse } from '@terakoya/common/lifecycle';
import type { Logger } from '@terakoya/common/logging';

import type { GatewayConfig } from '../config';
import type { GatewayEvents } from '../events';
import { followChanges } from './cache/follow-changes';
import { ResponseCache } from './cache/response-cache';
import { rateLimitsOf } from './guards-shape';
import { createClientAddress } from './rate/client-address';
import { createRateLimiter } from './rate/rate-limiter';
import { type RequestRate, createRequestRate } from './rate/request-rate';

/** The guards that stand at HTTP, and what they hold open. */
export interface OpenedGuards extends Closable {
  readonly addressOf: (request: IncomingMessage) => string;
  readonly rate: RequestRate;
  /** Null when no responses are kept. */
  readonly responses: ResponseCache | null;
}

/** Opens the guards as the configuration says; without Redis they are those of this process alone. */
export async function openGuards(config: GatewayConfig, events: GatewayEvents, logger: Logger): Promise<OpenedGuards> {
  const redis = config.REDIS_URL === undefined ? null : { url: config.REDIS_URL, prefix: config.REDIS_PREFIX };
  const limits = rateLimitsOf(config);
  const limiter = createRateLimiter({
    redis,
    exact: new Set([limits.attempts.name]),
    onStoreAway: () => events.rateStoreAway(),
  });
  const opened: Closable[] = [limiter];
  const responses =
    config.RESPONSE_CACHE_BYTES === 0
      ? null
      : new ResponseCache({
          maxBytes: config.RESPONSE_CACHE_BYTES,
          onFound: (result) => events.responseSought(result),
        });
  if (responses && redis) {
    opened.push(followLater({ redisUrl: redis.url, prefix: redis.prefix, responses, logger }));
  }
  return {
    addressOf: createClientAddress(config.TRUSTED_PROXIES),
    rate: createRequestRate({ ...limits, limiter, attemptFields: new Set(config.ATTEMPT_FIELDS) }),
    responses,
    close: () => closeInReverse(opened),
  };
}

/** Does not wait for Redis: the gateway serves while it is away, and what was kept meanwhile is forgotten then. */
function followLater(options: Parameters<typeof followChanges>[0]): Closable {
  const ended = new AbortController();
  const following = followWhenever(options, ended.signal);
  return {
    async close() {
      ended.abort();
      await (await following)?.close();
    },
  };
}

async function followWhenever(options: Parameters<typeof followChanges>[0], signal: AbortSignal) {
  while (!signal.aborted) {
    try {
      const followed = await followChanges(options);
      options.responses.forgetAll();
      return followed;
    } catch (error) {
      if (signal.aborted) return undefined;
      options.logger.warn({ err: error }, 'the event log cannot be followed yet; trying again');
      await delay(1_000, undefined, { signal }).catch(() => undefined);
    }
  }
  return undefined;
}
