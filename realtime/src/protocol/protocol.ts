import { GRAPHQL_TRANSPORT_WS_PROTOCOL, MessageType, type SubscribePayload, stringifyMessage } from 'graphql-ws';
import type { GraphQLError } from 'graphql';

import type { Viewer } from '@terakoya/common/auth';
import { LimitExceededError, isSchoolError, messageOf } from '@terakoya/common/errors';
import { heededTraceparent } from '@terakoya/common/telemetry';
import { type OperationRequest, toClientError } from '@terakoya/gateway/execution';

import type { RealtimeEvents } from '../events';
import type { Operations, Running } from '../operations/operations';
import type { Admission, Admitted } from '../sessions/admission';
import type { Listener } from '../subscriptions/listener';
import type { Payload } from '../subscriptions/payload';
import { CLOSINGS, type Closing, forbidden, idInUse, tooManyConnections } from './close-codes';
import { type ClientMessage, nextMessageHead, readMessage } from './messages';

/** What the protocol needs of a socket. None of its methods throws, also after the socket has closed. */
export interface ProtocolSocket {
  /** The subprotocol that was agreed on; '' when none was. */
  readonly protocol: string;
  send(message: string): void;
  /** A way to send messages that all begin the same and end with a payload and MESSAGE_TAIL. */
  sender(head: string): (payload: Payload) => void;
  /** Resolves when what was sent has left this process far enough that more does not pile up, or the socket is gone. */
  drained(): Promise<void>;
  close(closing: Closing): void;
}

export interface ProtocolOptions {
  readonly operations: Operations;
  readonly admission: Admission;
  readonly connectionInitMs: number;
  /** Most operations of one connection at a time. */
  readonly maxOperations: number;
  readonly events: RealtimeEvents;
}

/** The server's side of graphql-transport-ws on one connection: who connects, what they run, what they are told. */
export class ProtocolConnection {
  readonly #running = new Map<string, Running>();
  readonly #initTimer: NodeJS.Timeout | undefined;
  #admitted: Admitted | null = null;
  #isInitialised = false;

  constructor(
    private readonly socket: ProtocolSocket,
    private readonly options: ProtocolOptions,
  ) {
    if (socket.protocol === GRAPHQL_TRANSPORT_WS_PROTOCOL) {
      this.#initTimer = setTimeout(() => this.#initTimedOut(), options.connectionInitMs);
    } else {
      socket.close(CLOSINGS.otherSubprotocol);
    }
  }

  receive(text: string): void {
    const message = readMessage(text);
    if (!message) return this.socket.close(CLOSINGS.invalidMessage);
    this.#handle(message);
  }

  /** The socket is gone: ends all that runs. */
  closed(): void {
    clearTimeout(this.#initTimer);
    for (const running of this.#running.values()) running.stop();
    this.#running.clear();
    this.#admitted?.leave();
  }

  get #viewer(): Viewer | null {
    return this.#admitted?.viewer ?? null;
  }

  #initTimedOut(): void {
    if (!this.#isInitialised) this.socket.close(CLOSINGS.initTimeout);
  }

  #handle(message: ClientMessage): void {
    switch (message.type) {
      case MessageType.ConnectionInit:
        return this.#connect(message.payload ?? {});
      case MessageType.Ping: {
        const { payload } = message;
        return this.socket.send(stringifyMessage({ type: MessageType.Pong, ...(payload ? { payload } : {}) }));
      }
      case MessageType.Pong:
        return;
      case MessageType.Subscribe:
        return this.#subscribe(message.id, message.payload);
      case MessageType.Complete:
        this.#running.get(message.id)?.stop();
        this.#running.delete(message.id);
    }
  }

  #connect(parameters: Readonly<Record<string, unknown>>): void {
    if (this.#isInitialised) return this.socket.close(CLOSINGS.connectedTwice);
    this.#isInitialised = true;
    clearTimeout(this.#initTimer);
    try {
      this.#admitted = this.options.admission.admit(authorizationOf(parameters), (why) => {
        this.socket.close(why === 'session-ended' ? CLOSINGS.sessionEnded : CLOSINGS.tokenExpired);
      });
    } catch (error) {
      return this.socket.close(refusalOf(error));
    }
    this.socket.send(stringifyMessage({ type: MessageType.ConnectionAck }));
  }

  #subscribe(id: string, payload: SubscribePayload): void {
    if (!this.#admitted) return this.socket.close(CLOSINGS.notYetConnected);
    if (this.#running.has(id)) return this.socket.close(idInUse(id));
    const listener = this.#listenerOf(id);
    if (this.#running.size >= this.options.maxOperations) return listener.error([this.#tooMany()]);
    const asked = { request: requestOf(payload), viewer: this.#viewer, traceparent: traceparentOf(payload), listener };
    this.#running.set(id, this.options.operations.start(asked));
  }

  #listenerOf(id: string): Listener {
    const { socket } = this;
    let isOver = false;
    const end = (): boolean => {
      if (isOver) return false;
      isOver = true;
      this.#running.delete(id);
      return true;
    };
    return {
      next: socket.sender(nextMessageHead(id)),
      drained: () => socket.drained(),
      error: (errors) => {
        if (!end()) return;
        socket.send(stringifyMessage({ id, type: MessageType.Error, payload: errors.map((error) => error.toJSON()) }));
        this.#refused(errors);
      },
      complete: () => {
        if (end()) socket.send(stringifyMessage({ id, type: MessageType.Complete }));
      },
      tooSlow: () => {
        this.options.events.tooSlow('websocket');
        socket.close(CLOSINGS.tooSlow);
      },
    };
  }

  #refused(errors: readonly GraphQLError[]): void {
    const codes = errors.map(({ extensions }) => String(extensions.code));
    for (const code of codes) this.options.events.operationRefused(code);
    if (codes.includes('UNAUTHENTICATED') && !this.#viewer) this.socket.close(CLOSINGS.tokenNeeded);
  }

  #tooMany(): GraphQLError {
    const maximum = this.options.maxOperations;
    const details = { limit: 'operations', maximum };
    const error = new LimitExceededError(`A connection may run at most ${maximum} operations at a time.`, details);
    return toClientError(error, () => undefined);
  }
}

function authorizationOf(parameters: Readonly<Record<string, unknown>>): string | undefined {
  const entry = Object.entries(parameters).find(([name]) => name.toLowerCase() === 'authorization');
  return typeof entry?.[1] === 'string' ? entry[1] : undefined;
}

function refusalOf(error: unknown): Closing {
  if (isSchoolError(error) && error.code === 'LIMIT_EXCEEDED') return tooManyConnections(error.message);
  return isSchoolError(error) ? forbidden(messageOf(error)) : CLOSINGS.defect;
}

function requestOf({ query, operationName, variables, extensions }: SubscribePayload): OperationRequest {
  return { query, operationName, variables, extensions };
}

/** A client continues its own trace with `extensions.traceparent`. */
function traceparentOf({ extensions }: SubscribePayload): string | null {
  const sent = extensions?.traceparent;
  const isOne = typeof sent === 'string' && /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}$/.test(sent);
  return isOne ? heededTraceparent(sent) : null;
}
