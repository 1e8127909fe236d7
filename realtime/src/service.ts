import { createAccessTokens, createIdentityHeaders } from '@terakoya/common/auth';
import { sessionEnded } from '@terakoya/common/contracts';
import { createHttpHost, sendJson } from '@terakoya/common/http';
import { type Service, createService } from '@terakoya/common/lifecycle';
import { createLogger } from '@terakoya/common/logging';
import { type OpenedExecution, openExecution } from '@terakoya/gateway/execution';

import { createEventStreamServer } from './adapters/event-stream-server';
import { createLogEventSource } from './adapters/log-event-source';
import { createWebsocketServer } from './adapters/websocket-server';
import type { RealtimeConfig } from './config';
import { createRealtimeEvents } from './events';
import { Operations, type OperationsOptions } from './operations/operations';
import { Admission } from './sessions/admission';
import { OpenConnections } from './sessions/open-connections';
import { SESSION_MEMORY_MS, Sessions } from './sessions/sessions';
import { UserLimits } from './sessions/user-limits';
import { Audience } from './subscriptions/audience';
import type { EventSource } from './subscriptions/event-source';
import { Hub } from './subscriptions/hub';
import { Subscriber } from './subscriptions/subscriber';
import { TOPICS } from './topics/topics';

const PATH = '/graphql';

export interface RealtimeOverrides {
  readonly opened?: OpenedExecution;
  readonly source?: EventSource;
}

/** The realtime server: subscriptions (and any other operation) over WebSockets and event streams at `/graphql`. */
export function createRealtime(config: RealtimeConfig, overrides: RealtimeOverrides = {}): Service {
  const logger = createLogger('realtime', config.LOG_LEVEL);
  const events = createRealtimeEvents(logger);
  return createService(async (opened) => {
    const identityHeaders = createIdentityHeaders(config.IDENTITY_SECRET);
    const { execution, client } = overrides.opened ?? openExecution(config, 'realtime', identityHeaders, logger);
    opened(client);
    const { REDIS_URL: redisUrl, REDIS_PREFIX: prefix } = config;
    const source = overrides.source ?? createLogEventSource({ redisUrl, prefix, logger });
    const sessions = new Sessions(events);
    const hub = opened(new Hub(source, TOPICS, [sessions.watcher], events));
    await hub.start();
    await recallSessions(source, sessions);

    const audience = new Audience(client, () => events.audienceAsked());
    const maxQueued = config.MAX_QUEUED_EVENTS;
    const subscriber = new Subscriber({ hub, audience, topics: TOPICS, maxQueued, events });
    const shared = createShared(config, { execution, subscriber, sessions, events });
    const streams = createEventStreamServer({ ...shared, maxBodyBytes: config.MAX_MESSAGE_BYTES });
    const host = opened(
      createHttpHost({
        service: 'realtime',
        isPublic: true,
        host: config.HOST,
        port: config.PORT,
        readiness: { redis: () => source.ready() },
        handle: async (request, response) => {
          if (request.url?.split('?', 1)[0] === PATH) return streams.handle(request, response);
          sendJson(response, 404, { error: 'not found' });
        },
      }),
    );
    host.server.on('handlerError', (error) => events.unexpected(error));
    opened(streams);
    const { CONNECTION_INIT_MS: connectionInitMs, MAX_SUBSCRIPTIONS: maxOperations } = config;
    opened(
      createWebsocketServer({
        ...shared,
        server: host.server,
        path: PATH,
        protocol: { ...shared, connectionInitMs, maxOperations },
        maxMessageBytes: config.MAX_MESSAGE_BYTES,
      }),
    );
    return host.start();
  });
}

/** What both transports use. */
function createShared(
  config: RealtimeConfig,
  parts: Pick<OperationsOptions, 'execution' | 'subscriber' | 'events'> & { readonly sessions: Sessions },
) {
  const limits = new UserLimits({
    maxConnections: config.MAX_CONNECTIONS_PER_USER,
    maxSubscriptions: config.MAX_SUBSCRIPTIONS_PER_USER,
  });
  const accessTokens = createAccessTokens(config.ACCESS_TOKEN_SECRET);
  return {
    operations: new Operations({ ...parts, limits }),
    admission: new Admission({ accessTokens, sessions: parts.sessions, limits }),
    connections: new OpenConnections(config.MAX_CONNECTIONS),
    origins: config.CORS_ORIGINS,
    maxBufferedBytes: config.MAX_BUFFERED_BYTES,
    pingMs: config.PING_MS,
    events: parts.events,
  };
}

/** Sessions that ended before this process began may have access tokens that are still valid. */
async function recallSessions(source: EventSource, sessions: Sessions): Promise<void> {
  await source.readSince(sessionEnded.domain, Date.now() - SESSION_MEMORY_MS, (batch) => {
    for (const event of batch) sessions.onEvent(event);
  });
}
