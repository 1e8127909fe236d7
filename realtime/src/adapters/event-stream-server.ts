import type { IncomingMessage, ServerResponse } from 'node:http';

import { isSchoolError } from '@terakoya/common/errors';
import type { RequestHandler } from '@terakoya/common/http';
import type { Closable } from '@terakoya/common/lifecycle';
import type { GuardedOperation, OperationRequest } from '@terakoya/gateway/execution';
import {
  HttpRefusal,
  acceptsEventStream,
  answerPreflight,
  guardOrigin,
  readRequest,
  sendError,
  setTraceHeaders,
  traceOf,
} from '@terakoya/gateway/http';

import type { RealtimeEvents } from '../events';
import type { Operations } from '../operations/operations';
import type { Admission, Admitted } from '../sessions/admission';
import type { OpenConnections } from '../sessions/open-connections';
import { EventStream } from './event-stream';

export interface EventStreamOptions {
  readonly operations: Operations;
  readonly admission: Admission;
  readonly connections: OpenConnections;
  readonly origins: readonly string[];
  readonly maxBodyBytes: number;
  readonly maxBufferedBytes: number;
  readonly pingMs: number;
  readonly events: RealtimeEvents;
}

export interface EventStreamServer extends Closable {
  readonly handle: RequestHandler;
}

/** GraphQL over server-sent events, one operation a request (graphql-sse protocol, distinct connections mode). */
export function createEventStreamServer(options: EventStreamOptions): EventStreamServer {
  const streams = new Set<EventStream>();
  const heartbeat = setInterval(() => {
    for (const stream of streams) stream.beat();
  }, options.pingMs);
  return {
    async handle(request, response) {
      const trace = traceOf(request);
      setTraceHeaders(response, trace);
      try {
        guardOrigin(request, response, options.origins);
        if (request.method === 'OPTIONS') return answerPreflight(response);
        await serve(options, streams, request, response);
      } catch (error) {
        if (!isSchoolError(error)) throw error;
        options.events.operationRefused(error.code);
        sendError(response, error, trace);
      }
    },
    async close() {
      clearInterval(heartbeat);
      for (const stream of streams) stream.restart();
    },
  };
}

async function serve(
  options: EventStreamOptions,
  streams: Set<EventStream>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!acceptsEventStream(request.headers.accept)) throw upgradeRequired();
  if (options.connections.isFull) throw notNow(503, 'The server has as many connections as it takes.');
  const { operations } = await readRequest(request, { maxBodyBytes: options.maxBodyBytes, maxBatch: 1 });
  if (response.destroyed) return;
  const [operation = {}] = operations;
  const stream = new EventStream(response, options);
  const admitted = admit(options, request, stream);
  const leave = options.connections.enter();
  streams.add(stream);
  options.events.connected('event-stream');
  const running = start(options, { request, operation, admitted, stream });
  response.once('close', () => {
    streams.delete(stream);
    leave();
    admitted.leave();
    running.stop();
    options.events.disconnected('event-stream', 0);
  });
}

function admit({ admission }: EventStreamOptions, { headers }: IncomingMessage, stream: EventStream): Admitted {
  try {
    return admission.admit(headers.authorization, () => stream.signedOut());
  } catch (error) {
    if (isSchoolError(error) && error.code === 'LIMIT_EXCEEDED') throw notNow(429, error.message);
    throw error;
  }
}

function start(
  { operations }: EventStreamOptions,
  asked: {
    readonly request: IncomingMessage;
    readonly operation: OperationRequest;
    readonly admitted: Admitted;
    readonly stream: EventStream;
  },
) {
  const { request, operation, admitted, stream } = asked;
  const lastEventId = request.headers['last-event-id'];
  const check = ({ type }: GuardedOperation): void => {
    if (type === 'mutation' && request.method === 'GET') {
      throw new HttpRefusal(405, 'A mutation must be sent with POST.', { allow: 'POST' });
    }
  };
  stream.open();
  return operations.start({
    request: operation,
    viewer: admitted.viewer,
    traceparent: traceOf(request).traceparent,
    after: typeof lastEventId === 'string' && lastEventId !== '' ? lastEventId : null,
    check,
    listener: stream,
  });
}

function upgradeRequired(): HttpRefusal {
  const message = 'Connect with a WebSocket, or accept text/event-stream.';
  return new HttpRefusal(426, message, { upgrade: 'websocket' });
}

function notNow(status: 429 | 503, message: string): HttpRefusal {
  return new HttpRefusal(status, message, { 'retry-after': '5' }, 'LIMIT_EXCEEDED');
}
