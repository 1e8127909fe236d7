import { type ExecutionArgs, type ExecutionResult, GraphQLError } from 'graphql';
import { type Context, type Server, type SubscribePayload, makeServer } from 'graphql-ws';

import type { AccessTokens } from '@terakoya/common/auth';
import { LimitExceededError, UnauthenticatedError, isSchoolError } from '@terakoya/common/errors';
import { currentTraceparent, setSpanAttributes, withSpan } from '@terakoya/common/telemetry';
import { type Execution, type Operation, toClientError, toResult } from '@terakoya/gateway/execution';

import type { RealtimeEvents } from '../events';
import type { Subscriber } from '../subscriptions/subscriber';
import type { Subscription } from '../subscriptions/subscription';
import { CLOSE } from './close-codes';
import { Connection } from './connection';

export interface ProtocolOptions {
  readonly execution: Execution;
  readonly subscriber: Subscriber;
  readonly accessTokens: AccessTokens;
  readonly connectionInitMs: number;
  readonly maxSubscriptions: number;
  readonly events: RealtimeEvents;
}

export interface SocketExtra extends Record<PropertyKey, unknown> {
  readonly connection: Connection;
}

type SocketContext = Context<Record<string, unknown>, SocketExtra>;

/** An operation that may run, on its way through graphql-ws from `onSubscribe` to `subscribe` or `execute`. */
interface Run {
  readonly operation: Operation;
  readonly subscription: Subscription | null;
  readonly connection: Connection;
  readonly traceparent: string | null;
}

/** The graphql-transport-ws protocol: who connects, what they may run, and what they are told. It knows no socket. */
export function createProtocol(options: ProtocolOptions): Server<SocketExtra> {
  const { execution, events } = options;
  return makeServer<Record<string, unknown>, SocketExtra>({
    connectionInitWaitTimeout: options.connectionInitMs,
    onConnect: ({ extra, connectionParams }) => connect(extra.connection, connectionParams),
    onSubscribe: async (context, _id, payload) => {
      const span = { kind: 'server', traceparent: traceparentOf(payload) } as const;
      const prepared = await withSpan('graphql-ws subscribe', span, () => prepare(options, context, payload));
      if ('operation' in prepared) {
        const { document, name } = prepared.operation;
        return { schema: execution.schema, document, operationName: name, contextValue: prepared };
      }
      for (const { extensions } of prepared) events.operationRefused(String(extensions.code));
      return prepared;
    },
    // graphql-ws types results by graphql-js and only writes them as JSON
    subscribe: (args) => (runOf(args).subscription ?? { data: null }) as AsyncIterableIterator<ExecutionResult>,
    execute: async (args) => toResult(await execute(runOf(args))) as ExecutionResult,
    // our results are JSON already: graphql-ws would ask each error for its `toJSON`
    onNext: (_context, _id, _payload, _args, result) => result,
    onClose: ({ extra }) => extra.connection.ended(),
  });
}

function connect(connection: Connection, parameters: Readonly<Record<string, unknown>> = {}): boolean {
  try {
    connection.authenticate(parameters);
    return true;
  } catch (error) {
    connection.close(CLOSE.forbidden, isSchoolError(error) ? `Forbidden: ${error.message}` : 'Forbidden');
    return false;
  }
}

async function prepare(
  { execution, subscriber, maxSubscriptions, events }: ProtocolOptions,
  { extra: { connection }, subscriptions }: SocketContext,
  payload: SubscribePayload,
): Promise<Run | GraphQLError[]> {
  const refuse = (error: unknown): GraphQLError[] => [
    toClientError(error, (unexpected) => events.unexpected(unexpected)),
  ];
  if (Object.keys(subscriptions).length > maxSubscriptions) return refuse(tooMany(maxSubscriptions));
  const { operation, errors } = await execution.prepare(payload);
  if (!operation) return [...errors];
  const run = {
    operation,
    connection,
    traceparent: currentTraceparent() ?? traceparentOf(payload),
    subscription: null,
  };
  if (operation.type !== 'subscription') return run;
  const { viewer } = connection;
  if (!viewer) {
    // after the error message has gone out
    setImmediate(() => connection.close(CLOSE.forbidden, 'Forbidden: subscriptions need an access token'));
    return refuse(new UnauthenticatedError());
  }
  try {
    const tooSlow = (): void => connection.close(CLOSE.tooSlow, 'Too slow: go on from the last cursor');
    setSpanAttributes({ 'terakoya.topic': operation.subscription?.field });
    return { ...run, subscription: await subscriber.open(operation, viewer, tooSlow) };
  } catch (error) {
    return refuse(error);
  }
}

function execute({ operation, connection, traceparent }: Run) {
  const span = { kind: 'server', traceparent } as const;
  return withSpan(`graphql ${operation.type}`, span, () =>
    operation.execute({ viewer: connection.viewer, traceparent }),
  );
}

function runOf({ contextValue }: ExecutionArgs): Run {
  return contextValue as Run; // onSubscribe above has set it
}

/** A client continues its own trace with `extensions.traceparent`. */
function traceparentOf({ extensions }: SubscribePayload): string | null {
  const sent = extensions?.traceparent;
  return typeof sent === 'string' && /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}$/.test(sent) ? sent : null;
}

function tooMany(maximum: number): LimitExceededError {
  return new LimitExceededError(`A connection may run at most ${maximum} operations at a time.`, {
    limit: 'operations',
    maximum,
  });
}
