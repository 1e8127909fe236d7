import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';

import { createAccessTokens, createIdentityHeaders } from '@terakoya/common/auth';
import { createHttpHost } from '@terakoya/common/http';
import { type Service, createService } from '@terakoya/common/lifecycle';
import { createLogger } from '@terakoya/common/logging';
import { createEventLog, tailEvents } from '@terakoya/common/streams';
import { createExecution, createSubgraphFetcher, subgraphUrlsOf, supergraphSdl } from '@terakoya/gateway/execution';

import { serveWebSockets } from './adapters/websocket';
import type { RealtimeConfig } from './config';
import { Hub } from './hub';
import { TOPICS } from './topics';

/** Subscriptions: events of the log become results of the same schema that queries use. */
export function createRealtime(config: RealtimeConfig): Service {
  const logger = createLogger('realtime', config.LOG_LEVEL);
  return createService(async (opened) => {
    const fetcher = opened(
      createSubgraphFetcher(subgraphUrlsOf(config), 'realtime', createIdentityHeaders(config.IDENTITY_SECRET)),
    );
    const execution = createExecution({
      supergraphSdl: supergraphSdl(),
      fetcher,
      events: { subgraph: 'realtime', schema: eventSchema() },
    });
    const eventLog = opened(createEventLog({ redisUrl: config.REDIS_URL, prefix: config.REDIS_PREFIX }));
    const topics = [...TOPICS.values()];
    const hub = new Hub(topics);
    const tail = await tailEvents({
      log: eventLog,
      domains: [...new Set(topics.map(({ domain }) => domain))],
      onEvent: (event) => hub.dispatch(event),
      onReset: () => hub.reset(),
      logger,
    });
    opened(tail);
    const host = createHttpHost({
      service: 'realtime',
      host: config.HOST,
      port: config.PORT,
      readiness: { redis: () => eventLog.ready() },
    });
    const address = await opened(host).start();
    const parts = { execution, eventLog, hub, logger };
    const accessTokens = createAccessTokens(config.ACCESS_TOKEN_SECRET);
    opened(serveWebSockets({ server: host.server, parts, accessTokens, origins: config.CORS_ORIGINS }));
    return address;
  });
}

/** The part of the graph that events themselves fill. */
function eventSchema() {
  const sdl = readFileSync(join(__dirname, '..', 'schema.graphql'), 'utf8');
  return buildSubgraphSchema([{ typeDefs: parse(sdl) }]);
}
