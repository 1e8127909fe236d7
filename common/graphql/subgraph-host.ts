import type { GraphQLSchema } from 'graphql';

import { IDENTITY_HEADER, type IdentityHeaders, type Viewer } from '../auth';
import { type HttpHost, createHttpHost, sendJson } from '../http';
import type { Logger } from '../logging';
import { counter, failActiveSpan } from '../telemetry';
import { toClientError } from './client-errors';
import { createGraphqlEndpoint } from './graphql-endpoint';

/** What every resolver can ask: who wants it. Subgraphs extend it with their loaders. */
export interface SubgraphContext {
  readonly [key: PropertyKey]: unknown;
  readonly viewer: Viewer | null;
}

export interface SubgraphHostOptions<C extends SubgraphContext> {
  readonly service: string;
  readonly host: string;
  readonly port: number;
  readonly schema: GraphQLSchema;
  readonly identityHeaders: IdentityHeaders;
  /** Called once a request: loaders belong here. `caller` is the service that asks on the viewer's behalf, or its own. */
  readonly createContext: (viewer: Viewer | null, caller: string) => C;
  readonly readiness: Readonly<Record<string, () => Promise<void>>>;
  readonly logger: Logger;
}

/** Representations of many entities make larger bodies than a client may send. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** Serves a subgraph at `/graphql` to holders of a valid identity header only. */
export function createSubgraphHost<C extends SubgraphContext>(options: SubgraphHostOptions<C>): HttpHost {
  const failures = counter('terakoya_graphql_errors_total', 'Errors in subgraph responses by code.', ['code']);
  const endpoint = createGraphqlEndpoint<C>({
    schema: options.schema,
    maxBodyBytes: MAX_BODY_BYTES,
    context: (request) => {
      const { viewer, caller } = options.identityHeaders.verify(request.raw.headers[IDENTITY_HEADER]);
      return options.createContext(viewer, caller);
    },
    formatError: (error) => {
      const shown = toClientError(error, (unexpected) =>
        options.logger.error({ err: unexpected }, 'a resolver failed'),
      );
      const code = String(shown.extensions.code);
      failures.inc({ code });
      failActiveSpan(code);
      return shown;
    },
  });
  return createHttpHost({
    service: options.service,
    host: options.host,
    port: options.port,
    readiness: options.readiness,
    handle: async (request, response) => {
      if (request.url?.split('?', 1)[0] === '/graphql') return endpoint(request, response);
      sendJson(response, 404, { error: 'not found' });
    },
  });
}
