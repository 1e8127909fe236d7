import { createAccessTokens, createIdentityHeaders } from '@terakoya/common/auth';
import { createHttpHost, sendJson } from '@terakoya/common/http';
import { type Service, createService } from '@terakoya/common/lifecycle';
import { createLogger } from '@terakoya/common/logging';
import { type OpenedExecution, openExecution } from '@terakoya/gateway/execution';

import { createLogEventSource } from './adapters/log-event-source';
import { createWebsocketServer } from './adapters/websocket-server';
import type { RealtimeConfig } from './config';
import { createRealtimeEvents } from './events';
import { createProtocol } from './protocol/protocol';
import type { EventSource } from './subscriptions/event-source';
import { Hub } from './subscriptions/hub';
import { Subscriber } from './subscriptions/subscriber';
import { TOPICS } from './topics/topics';

export interface RealtimeOverrides {
  readonly opened?: OpenedExecution;
  readonly source?: EventSource;
}

/** The realtime server: subscriptions (and any other operation) over WebSockets at `/graphql`. */
export function createRealtime(config: RealtimeConfig, overrides: RealtimeOverrides = {}): Service {
  const logger = createLogger('realtime', config.LOG_LEVEL);
  const events = createRealtimeEvents(logger);
  return createService(async (opened) => {
    const identityHeaders = createIdentityHeaders(config.IDENTITY_SECRET);
    const { execution, client } = overrides.opened ?? openExecution(config, 'realtime', identityHeaders, logger);
    opened(client);
    const { REDIS_URL: redisUrl, REDIS_PREFIX: prefix } = config;
    const source = overrides.source ?? createLogEventSource({ redisUrl, prefix, logger });
    const hub = opened(new Hub(source, TOPICS, events));
    await hub.start();
    const subscriber = new Subscriber({
      hub,
      execution,
      topics: TOPICS,
      maxQueued: config.MAX_QUEUED_EVENTS,
      events,
    });
    const accessTokens = createAccessTokens(config.ACCESS_TOKEN_SECRET);
    const host = opened(
      createHttpHost({
        service: 'realtime',
        host: config.HOST,
        port: config.PORT,
        readiness: { redis: () => source.ready() },
        handle: async (request, response) => {
          const isOurs = request.url?.split('?', 1)[0] === '/graphql';
          if (isOurs) response.setHeader('upgrade', 'websocket');
          sendJson(response, isOurs ? 426 : 404, { error: isOurs ? 'connect with a WebSocket' : 'not found' });
        },
      }),
    );
    opened(
      createWebsocketServer({
        server: host.server,
        path: '/graphql',
        protocol: createProtocol({
          execution,
          subscriber,
          accessTokens,
          connectionInitMs: config.CONNECTION_INIT_MS,
          maxSubscriptions: config.MAX_SUBSCRIPTIONS,
          events,
        }),
        accessTokens,
        origins: config.CORS_ORIGINS,
        maxConnections: config.MAX_CONNECTIONS,
        maxMessageBytes: config.MAX_MESSAGE_BYTES,
        maxBufferedBytes: config.MAX_BUFFERED_BYTES,
        pingMs: config.PING_MS,
        events,
      }),
    );
    return host.start();
  });
}
