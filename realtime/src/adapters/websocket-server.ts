import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

import { handleProtocols } from 'graphql-ws';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';

import { isAllowedOrigin } from '@terakoya/common/http';
import type { Closable } from '@terakoya/common/lifecycle';

import type { RealtimeEvents } from '../events';
import { CLOSINGS, type Closing } from '../protocol/close-codes';
import { ProtocolConnection, type ProtocolOptions, type ProtocolSocket } from '../protocol/protocol';
import type { OpenConnections } from '../sessions/open-connections';
import type { Payload } from '../subscriptions/payload';
import { whenDrained } from './when-drained';
import { WebsocketWriter, WritingTurn } from './websocket-writer';

export interface WebsocketServerOptions {
  readonly server: Server;
  readonly path: string;
  readonly protocol: ProtocolOptions;
  readonly origins: readonly string[];
  readonly connections: OpenConnections;
  readonly maxMessageBytes: number;
  readonly maxBufferedBytes: number;
  readonly pingMs: number;
  readonly events: RealtimeEvents;
}

/** How long a client may take to answer a close before it is cut off. */
const CLOSE_MS = 2_000;
const MAX_REASON_BYTES = 123;

/** Accepts WebSocket connections (package `ws`) and gives their messages to the protocol. */
export function createWebsocketServer(options: WebsocketServerOptions): Closable {
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols,
    maxPayload: options.maxMessageBytes,
    perMessageDeflate: false,
  });
  const turn = new WritingTurn();
  const upgrade = (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
    const refusal = refusalOf(request, options);
    if (refusal) return refuse(stream, refusal);
    sockets.handleUpgrade(request, stream, head, (accepted) => serve(accepted, stream, turn, options));
  };
  options.server.on('upgrade', upgrade);
  const heartbeat = startHeartbeat(sockets, options.pingMs);
  return {
    async close() {
      options.server.off('upgrade', upgrade);
      clearInterval(heartbeat);
      await Promise.all([...sockets.clients].map(restart));
      await new Promise((resolve) => sockets.close(resolve));
    },
  };
}

function refusalOf(request: IncomingMessage, options: WebsocketServerOptions): string | null {
  const { origin, host } = request.headers;
  if (request.url?.split('?', 1)[0] !== options.path) return '404 Not Found';
  if (!isAllowedOrigin(origin, host, options.origins)) return '403 Forbidden';
  return options.connections.isFull ? '503 Service Unavailable' : null;
}

function refuse(stream: Duplex, status: string): void {
  stream.on('error', () => stream.destroy());
  stream.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}

function serve(socket: WebSocket, stream: Duplex, turn: WritingTurn, options: WebsocketServerOptions): void {
  const { events, protocol } = options;
  const leave = options.connections.enter();
  events.connected('websocket');
  socket.on('error', () => undefined); // 'close' follows and tells the code
  const connection = new ProtocolConnection(new SocketOfProtocol(socket, stream, turn, options), protocol);
  socket.on('message', (data) => {
    if (socket.readyState !== socket.OPEN) return;
    try {
      connection.receive(textOf(data));
    } catch (error) {
      events.unexpected(error);
      closeSocket(socket, CLOSINGS.defect);
    }
  });
  socket.once('close', (code) => {
    leave();
    events.disconnected('websocket', code);
    connection.closed();
  });
}

/** A WebSocket as the protocol sees it. What is sent to a client that reads too slowly ends its connection instead. */
class SocketOfProtocol implements ProtocolSocket {
  readonly #writer: WebsocketWriter;

  constructor(
    private readonly socket: WebSocket,
    private readonly stream: Duplex,
    turn: WritingTurn,
    private readonly options: Pick<WebsocketServerOptions, 'maxBufferedBytes' | 'events'>,
  ) {
    this.#writer = new WebsocketWriter(stream, turn);
  }

  get protocol(): string {
    return this.socket.protocol;
  }

  send(message: string): void {
    if (!this.#mayWrite()) return;
    this.#writer.flush();
    this.socket.send(message, () => undefined); // 'close' tells of a failure
  }

  /** `ws` writes whole frames to the stream at once (it compresses nothing here), so that ours stand between its own. */
  sender(head: string): (payload: Payload) => void {
    const write = this.#writer.sender(head);
    return (payload) => {
      if (this.#mayWrite()) write(payload);
    };
  }

  drained(): Promise<void> {
    this.#writer.flush();
    return whenDrained(this.stream);
  }

  close(closing: Closing): void {
    this.#writer.flush();
    closeSocket(this.socket, closing);
  }

  #mayWrite(): boolean {
    if (this.socket.readyState !== this.socket.OPEN) return false;
    if (this.#writer.waitingBytes <= this.options.maxBufferedBytes) return true;
    this.options.events.tooSlow('websocket');
    closeSocket(this.socket, CLOSINGS.tooSlow);
    return false;
  }
}

/** `ws` gives a whole message as one buffer unless told otherwise. */
function textOf(data: RawData): string {
  return Buffer.isBuffer(data) ? data.toString('utf8') : '';
}

function closeSocket(socket: WebSocket, { code, reason }: Closing): void {
  if (socket.readyState !== socket.OPEN) return;
  const timer = setTimeout(() => socket.terminate(), CLOSE_MS);
  socket.once('close', () => clearTimeout(timer));
  socket.close(code, Buffer.from(reason).subarray(0, MAX_REASON_BYTES));
}

function restart(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    socket.once('close', () => resolve());
    closeSocket(socket, CLOSINGS.restarting);
  });
}

/** Cuts off whoever has not answered the last ping: a connection can be gone without a word. */
function startHeartbeat(sockets: WebSocketServer, pingMs: number): NodeJS.Timeout {
  const asked = new WeakSet<WebSocket>();
  return setInterval(() => {
    for (const socket of sockets.clients) {
      if (asked.has(socket)) {
        socket.terminate();
        continue;
      }
      asked.add(socket);
      socket.once('pong', () => asked.delete(socket));
      socket.ping();
    }
  }, pingMs);
}
