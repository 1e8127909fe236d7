import type { IncomingMessage, Server } from 'node:http';

import { type ExecutionArgs, GraphQLError } from 'graphql';
import { CloseCode, type Context } from 'graphql-ws';
import { type Extra, useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';

import type { AccessTokens, Viewer } from '@terakoya/common/auth';
import { isSchoolError } from '@terakoya/common/errors';
import type { Closable } from '@terakoya/common/lifecycle';
import { gauge } from '@terakoya/common/telemetry';

import { type SubscriptionParts, subscribe } from '../subscription';

const CONNECTION_INIT_MS = 3_000;
const KEEP_ALIVE_MS = 15_000;
const MAX_MESSAGE_BYTES = 100_000;
const MOST_OPERATIONS = 50;

interface Connection extends Extra, Record<PropertyKey, unknown> {
  viewer?: Viewer | null;
  expiry?: NodeJS.Timeout;
}

export interface WebSocketOptions {
  readonly server: Server;
  readonly parts: SubscriptionParts;
  readonly accessTokens: AccessTokens;
  readonly origins: readonly string[];
}

const connections = gauge('terakoya_websocket_connections', 'Open WebSocket connections.');

/**
 * GraphQL over WebSocket (`graphql-transport-ws`) at `/graphql`. The access token comes as `authorization` in the
 * payload of connection_init. Close codes are the protocol's: 4403 for a token that is wrong or has expired, 4408 when
 * connection_init does not come, 4429 for a second one.
 */
export function serveWebSockets({ server, parts, accessTokens, origins }: WebSocketOptions): Closable {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
  server.on('upgrade', (request: IncomingMessage, socket, head) => {
    const isOurs = request.url?.split('?', 1)[0] === '/graphql' && isAllowedOrigin(request, origins);
    if (!isOurs) return void socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
    sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit('connection', opened, request));
  });
  const serving = useServer<Record<string, unknown>, Connection>(
    {
      connectionInitWaitTimeout: CONNECTION_INIT_MS,
      onConnect: (context) => admit(context, accessTokens),
      onDisconnect: ({ extra }) => {
        clearTimeout(extra.expiry);
        connections.dec();
      },
      onSubscribe: (context, _id, payload) => prepare(context, payload, parts),
      execute: (args) => parts.execution.execute(operationOf(args)),
      subscribe: (args) => subscribe(parts, args, viewerOf(args)),
    },
    sockets,
    KEEP_ALIVE_MS,
  );
  return {
    async close() {
      for (const socket of sockets.clients) socket.close(1001, 'Going away');
      await serving.dispose();
    },
  };
}

/** Nobody without a valid token; the connection ends when the token does. */
function admit(
  { connectionParams, extra }: Context<Record<string, unknown>, Connection>,
  accessTokens: AccessTokens,
): boolean {
  connections.inc();
  const authorization = connectionParams?.['authorization'] ?? connectionParams?.['Authorization'];
  if (typeof authorization !== 'string') {
    extra.viewer = null;
    return true;
  }
  try {
    const { viewer, expiresAt } = accessTokens.verify(authorization.replace(/^bearer /i, ''));
    extra.viewer = viewer;
    extra.expiry = setTimeout(
      () => extra.socket.close(CloseCode.Forbidden, 'The access token has expired'),
      expiresAt.getTime() - Date.now(),
    );
    return true;
  } catch (error) {
    if (isSchoolError(error)) return false;
    throw error;
  }
}

type Payload = {
  readonly query: string;
  readonly operationName?: string | null;
  readonly variables?: Record<string, unknown> | null;
};

function prepare(
  context: Context<Record<string, unknown>, Connection>,
  { query, operationName, variables }: Payload,
  { execution }: SubscriptionParts,
): ExecutionArgs | readonly GraphQLError[] {
  if (Object.keys(context.subscriptions).length > MOST_OPERATIONS) {
    return [
      new GraphQLError(`A connection may run at most ${MOST_OPERATIONS} operations.`, {
        extensions: { code: 'LIMIT_EXCEEDED' },
      }),
    ];
  }
  try {
    const document = execution.parse(query);
    const errors = execution.validate(document);
    if (errors.length > 0) return errors;
    const contextValue = { viewer: context.extra.viewer ?? null };
    return { schema: execution.schema, document, operationName, variableValues: variables, contextValue };
  } catch (error) {
    return [error instanceof GraphQLError ? error : new GraphQLError('The document cannot be read.')];
  }
}

function operationOf(args: ExecutionArgs) {
  const { document, operationName, variableValues: variables } = args;
  return { document, operationName, variables, context: { viewer: viewerOf(args) } };
}

function viewerOf({ contextValue }: ExecutionArgs): Viewer | null {
  return (contextValue as { viewer: Viewer | null }).viewer; // made by `prepare`
}

/** Browsers say where a page is from; programs say nothing and are let in. */
function isAllowedOrigin({ headers }: IncomingMessage, origins: readonly string[]): boolean {
  return (
    headers.origin === undefined || origins.includes(headers.origin) || new URL(headers.origin).host === headers.host
  );
}
