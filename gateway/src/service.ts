import type { IncomingMessage, ServerResponse } from 'node:http';

import { createAccessTokens, createIdentityHeaders } from '@terakoya/common/auth';
import { createGraphqlEndpoint, toClientError } from '@terakoya/common/graphql';
import { type RequestHandler, createHttpHost, sendJson } from '@terakoya/common/http';
import { type Service, createService } from '@terakoya/common/lifecycle';
import { type Logger, createLogger } from '@terakoya/common/logging';
import { activeTraceIds } from '@terakoya/common/telemetry';
import { GraphQLError } from 'graphql';

import type { GatewayConfig } from './config';
import { type Execution, createExecution, createSubgraphFetcher, subgraphUrlsOf, supergraphSdl } from './execution';
import { sendExplorer, wantsExplorer } from './explorer';
import { limitsRule } from './guards/limits.rule';
import { observeOperations } from './operations';
import { viewerOf } from './viewer';
import { createWebSocketPassage } from './websocket-passage';

/** The one endpoint of the school. */
export function createGateway(
  config: GatewayConfig,
  supergraph: string = supergraphSdl(),
  urls = subgraphUrlsOf(config),
): Service {
  const logger = createLogger('gateway', config.LOG_LEVEL);
  return createService(async (opened) => {
    const fetcher = opened(createSubgraphFetcher(urls, 'gateway', createIdentityHeaders(config.IDENTITY_SECRET)));
    const execution = createExecution({
      supergraphSdl: supergraph,
      fetcher,
      maxTokens: config.MAX_TOKENS,
      rules: [limitsRule({ depth: config.MAX_DEPTH, aliases: config.MAX_ALIASES, rootFields: config.MAX_ROOT_FIELDS })],
    });
    const passage = createWebSocketPassage(config.REALTIME_URL);
    const host = createHttpHost({
      service: 'gateway',
      host: config.HOST,
      port: config.PORT,
      readiness: readinessOf(urls),
      handle: createRoutes(config, createEndpoint(config, execution, logger)),
    });
    host.server.on('upgrade', (request, socket, head) => {
      if (request.url?.split('?', 1)[0] === '/graphql') passage.pass(request, socket, head);
      else socket.destroy();
    });
    const address = await opened(host).start();
    opened(passage);
    return address;
  });
}

function createEndpoint(config: GatewayConfig, execution: Execution, logger: Logger): RequestHandler {
  const accessTokens = createAccessTokens(config.ACCESS_TOKEN_SECRET);
  return createGraphqlEndpoint({
    schema: execution.schema,
    maxBodyBytes: config.MAX_BODY_BYTES,
    context: (request) => ({ viewer: viewerOf(request.raw, accessTokens) }),
    parse: (source) => execution.parse(typeof source === 'string' ? source : source.body),
    validate: (_schema, document) => execution.validate(document),
    execute: ({ document, operationName, variableValues, contextValue }) =>
      observeOperations(document, operationName ?? null, () =>
        execution.execute({
          document,
          operationName,
          variables: variableValues,
          context: contextValue as { viewer: ReturnType<typeof viewerOf> }, // made by `context` above
        }),
      ),
    formatError: (error) => {
      const shown = toClientError(error, (unexpected) => logger.error({ err: unexpected }, 'an operation failed'));
      const { trace_id: traceId } = activeTraceIds();
      if (shown.extensions['code'] !== 'INTERNAL_SERVER_ERROR' || traceId === undefined) return shown;
      return new GraphQLError(shown.message, { ...shown, extensions: { ...shown.extensions, traceId } });
    },
  });
}

function createRoutes(config: GatewayConfig, endpoint: RequestHandler): RequestHandler {
  return async (request, response) => {
    const path = request.url?.split('?', 1)[0];
    if (path === '/') return void response.writeHead(302, { location: '/graphql' }).end();
    if (path !== '/graphql') return sendJson(response, 404, { error: 'not found' });
    allowOrigin(config.CORS_ORIGINS, request, response);
    if (request.method === 'OPTIONS') return void response.writeHead(204).end();
    if (config.EXPLORER && wantsExplorer(request)) return sendExplorer(response);
    const { trace_id: traceId } = activeTraceIds();
    if (traceId !== undefined) response.setHeader('x-trace-id', traceId);
    return endpoint(request, response);
  };
}

function allowOrigin(origins: readonly string[], { headers }: IncomingMessage, response: ServerResponse): void {
  response.setHeader('vary', 'origin');
  if (headers.origin === undefined || !origins.includes(headers.origin)) return;
  response.setHeader('access-control-allow-origin', headers.origin);
  response.setHeader('access-control-allow-methods', 'GET, POST');
  response.setHeader('access-control-allow-headers', 'authorization, content-type, traceparent');
  response.setHeader('access-control-expose-headers', 'x-trace-id');
  response.setHeader('access-control-max-age', '600');
}

/** Each subgraph answers for itself; the gateway serves while one of them does not. */
function readinessOf(urls: Readonly<Record<string, string>>): Record<string, () => Promise<void>> {
  return Object.fromEntries(
    Object.entries(urls).map(([name, url]) => [
      name,
      async () => {
        const response = await fetch(new URL('/health', url), { signal: AbortSignal.timeout(1_500) });
        if (!response.ok) throw new Error(`${name} answered ${response.status}`);
      },
    ]),
  );
}
