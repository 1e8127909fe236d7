import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

import type { Server as ProtocolServer } from 'graphql-ws';
import { handleProtocols } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';

import type { AccessTokens } from '@terakoya/common/auth';
import { messageOf } from '@terakoya/common/errors';
import { isAllowedOrigin } from '@terakoya/common/http';
import type { Closable } from '@terakoya/common/lifecycle';

import type { RealtimeEvents } from '../events';
import { CLOSE } from '../protocol/close-codes';
import { Connection } from '../protocol/connection';
import type { SocketExtra } from '../protocol/protocol';

export interface WebsocketServerOptions {
  readonly server: Server;
  readonly path: string;
  readonly protocol: ProtocolServer<SocketExtra>;
  readonly accessTokens: AccessTokens;
  readonly origins: readonly string[];
  readonly maxConnections: number;
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
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const refusal = refusalOf(request, sockets.clients.size, options);
    if (refusal) return refuse(socket, refusal);
    sockets.handleUpgrade(request, socket, head, (accepted) => serve(accepted, options));
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

function refusalOf(request: IncomingMessage, open: number, options: WebsocketServerOptions): string | null {
  const { origin, host } = request.headers;
  if (request.url?.split('?', 1)[0] !== options.path) return '404 Not Found';
  if (!isAllowedOrigin(origin, host, options.origins)) return '403 Forbidden';
  return open >= options.maxConnections ? '503 Service Unavailable' : null;
}

function refuse(socket: Duplex, status: string): void {
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}

function serve(socket: WebSocket, { protocol, accessTokens, maxBufferedBytes, events }: WebsocketServerOptions): void {
  const close = (code: number, reason: string): void => closeSocket(socket, code, reason);
  events.connected();
  socket.on('error', () => undefined); // 'close' follows and tells the code
  const closed = protocol.opened(
    {
      protocol: socket.protocol,
      send: (data) => send(socket, data, maxBufferedBytes),
      close,
      onMessage: (handle) => {
        socket.on('message', (data: Buffer) => {
          handle(data.toString('utf8')).catch((error: unknown) => {
            if (socket.readyState !== socket.OPEN) return;
            if (isServersOwn(error)) return close(CLOSE.invalidMessage, messageOf(error));
            events.unexpected(error);
            close(CLOSE.unexpected, 'Internal server error');
          });
        });
      },
    },
    { connection: new Connection(accessTokens, close) },
  );
  socket.once('close', (code, reason) => {
    events.disconnected(code);
    closed(code, reason.toString('utf8')).catch((error: unknown) => events.unexpected(error));
  });
}

/** graphql-ws throws, instead of closing, when a client sends what only a server may: `next` or `error`. */
function isServersOwn(error: unknown): boolean {
  return messageOf(error).startsWith('Unexpected message of type');
}

/** Resolves when the message has left this process, so that one who reads slowly is written to slowly. */
function send(socket: WebSocket, data: string, maxBufferedBytes: number): Promise<void> {
  if (socket.readyState !== socket.OPEN) return Promise.resolve();
  if (socket.bufferedAmount > maxBufferedBytes) {
    closeSocket(socket, CLOSE.tooSlow, 'Too slow: go on from the last cursor');
    return Promise.resolve();
  }
  return new Promise((resolve, reject) => {
    socket.send(data, (error) => (error ? reject(error) : resolve()));
  });
}

function closeSocket(socket: WebSocket, code: number, reason: string): void {
  if (socket.readyState !== socket.OPEN) return;
  const timer = setTimeout(() => socket.terminate(), CLOSE_MS);
  socket.once('close', () => clearTimeout(timer));
  socket.close(code, Buffer.from(reason).subarray(0, MAX_REASON_BYTES));
}

function restart(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    socket.once('close', () => resolve());
    closeSocket(socket, CLOSE.restarting, 'The server restarts: go on from the last cursor');
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
