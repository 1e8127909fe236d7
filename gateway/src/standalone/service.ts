import type { IncomingMessage } from 'node:http';

import { ConfigurationError, messageOf } from '@terakoya/common/errors';
import { createHttpHost } from '@terakoya/common/http';
import { type Service, createService } from '@terakoya/common/lifecycle';
import { type Logger, createLogger } from '@terakoya/common/logging';

import { createGatewayEvents } from '../events';
import { type Asker, type Execution, type SubgraphClient, createExecution, createSubgraphClient } from '../execution';
import { UNLIMITED } from '../guards/rate/request-rate';
import { createGraphqlEndpoint } from '../http/graphql-endpoint';
import { ROUTES, createRoutes } from '../http/routes';
import type { StandaloneOptions } from './options';
import { resolveUrls } from './subgraph-urls';
import { readSupergraphFile } from './supergraph-file';

const CONNECTIONS = 64;
const MAX_PENDING = 2_000;

/**
 * The gateway in front of any federated graph. Nobody is known to it: the client's `authorization` goes on to the
 * subgraphs, which know what it means. Throws ConfigurationError for a wrong file or URL.
 */
export function createStandaloneGateway(options: StandaloneOptions): Service {
  const logger = createLogger('gateway', options['log-level']);
  const events = createGatewayEvents(logger);
  return createService(async (opened) => {
    const { sdl, urls } = readSupergraphFile(options.supergraph);
    const client = opened(openClient(options, resolveUrls(urls, options.url)));
    const execution = openExecution(options, sdl, client, logger);
    const host = createHttpHost({
      service: 'gateway',
      host: options.host,
      port: options.port,
      routes: ROUTES,
      isPublic: true,
      handle: createRoutes({
        endpoint: createGraphqlEndpoint({
          execution,
          askerOf,
          addressOf: ({ socket }) => socket.remoteAddress ?? '',
          rate: UNLIMITED,
          responses: null,
          csrfPrevention: false,
          maxBodyBytes: options['max-body-bytes'],
          maxBatch: 1,
          maxCost: Infinity,
          events,
        }),
        eventStreams: null,
        explorer: null,
        schema: execution.schema,
        introspection: true,
        origins: options['cors-origin'],
      }),
    });
    host.server.on('handlerError', (error) => events.unexpected(error));
    return opened(host).start();
  });
}

function openClient(options: StandaloneOptions, urls: ReadonlyMap<string, string>): SubgraphClient {
  return createSubgraphClient({
    urls,
    identityHeaders: null,
    caller: 'gateway',
    timeoutMs: options['timeout-ms'],
    maxResponseBytes: options['max-response-bytes'],
    connections: CONNECTIONS,
    maxPending: MAX_PENDING,
  });
}

function openExecution(options: StandaloneOptions, sdl: string, client: SubgraphClient, logger: Logger): Execution {
  const limits = {
    tokens: options['max-tokens'],
    depth: options['max-depth'],
    aliases: options['max-aliases'],
    rootFields: options['max-root-fields'],
    fields: options['max-fields'],
  };
  try {
    return createExecution({
      supergraphSdl: sdl,
      client,
      limits,
      introspection: true,
      showsUnknownErrors: true,
      logger,
    });
  } catch (error) {
    const [line = ''] = messageOf(error).split('\n');
    throw new ConfigurationError(
      `terakoya-gateway: ${options.supergraph} is no supergraph this version reads: ${line}`,
    );
  }
}

/** `traceparent` goes on by itself: every execution carries the trace of its request. */
function askerOf({ headers: { authorization } }: IncomingMessage): Asker {
  return { viewer: null, passedOn: authorization === undefined ? {} : { authorization } };
}
