import { createAccessTokens, createIdentityHeaders } from '@terakoya/common/auth';
import { createHttpHost } from '@terakoya/common/http';
import { type Service, createService } from '@terakoya/common/lifecycle';
import { createLogger } from '@terakoya/common/logging';

import type { GatewayConfig } from './config';
import { createGatewayEvents } from './events';
import { type OpenedExecution, openExecution, showsSchema } from './execution';
import { createExplorer } from './explorer/explorer';
import { openGuards } from './guards/open-guards';
import { createGraphqlEndpoint } from './http/graphql-endpoint';
import { viewerOf } from './http/request-viewer';
import { ROUTES, createRoutes } from './http/routes';
import { createEventStreamProxy } from './upgrade/event-stream-proxy';
import { createWebsocketProxy } from './upgrade/websocket-proxy';

/** The one endpoint of the school: `/graphql` over HTTP and WebSocket. */
export function createGateway(config: GatewayConfig, overrides: { readonly opened?: OpenedExecution } = {}): Service {
  const logger = createLogger('gateway', config.LOG_LEVEL);
  const events = createGatewayEvents(logger);
  return createService(async (opened) => {
    const identityHeaders = createIdentityHeaders(config.IDENTITY_SECRET);
    const { execution, client, subgraphs } =
      overrides.opened ?? openExecution(config, 'gateway', identityHeaders, logger);
    opened(client);
    const accessTokens = createAccessTokens(config.ACCESS_TOKEN_SECRET);
    const guards = opened(await openGuards(config, events, logger));
    const endpoint = createGraphqlEndpoint({
      execution,
      askerOf: ({ headers }) => ({ viewer: viewerOf(headers.authorization, accessTokens) }),
      addressOf: guards.addressOf,
      rate: guards.rate,
      responses: guards.responses,
      csrfPrevention: config.CSRF_PREVENTION,
      maxBodyBytes: config.MAX_BODY_BYTES,
      maxBatch: config.MAX_BATCH,
      maxCost: config.MAX_COST,
      events,
    });
    const target = new URL(config.REALTIME_URL);
    const eventStreams = createEventStreamProxy({ target, maxStreams: config.MAX_EVENT_STREAMS });
    const host = createHttpHost({
      service: 'gateway',
      host: config.HOST,
      port: config.PORT,
      routes: ROUTES,
      isPublic: true,
      readiness: {
        ...Object.fromEntries(subgraphs.map((name) => [name, () => client.check(name)])),
        realtime: () => checkRealtime(config.REALTIME_URL),
      },
      handle: createRoutes({
        endpoint,
        eventStreams: eventStreams.handle,
        explorer: (config.EXPLORER ?? config.NODE_ENV !== 'production') ? createExplorer() : null,
        schema: execution.schema,
        introspection: showsSchema(config),
        origins: config.CORS_ORIGINS,
      }),
    });
    host.server.on('handlerError', (error) => events.unexpected(error));
    opened(host);
    opened(eventStreams);
    opened(
      createWebsocketProxy({
        server: host.server,
        path: '/graphql',
        target,
        maxConnections: config.MAX_WEBSOCKETS,
      }),
    );
    return host.start();
  });
}

async function checkRealtime(url: string): Promise<void> {
  const response = await fetch(new URL('/health', url), { signal: AbortSignal.timeout(1_500) });
  if (!response.ok) throw new Error(`realtime answered ${response.status}`);
}
