import type { IncomingMessage, Server } from 'node:http';
import { type Socket, connect } from 'node:net';
import type { Duplex } from 'node:stream';

import type { Closable } from '@terakoya/common/lifecycle';
import { counter, gauge } from '@terakoya/common/telemetry';

export interface WebsocketProxyOptions {
  readonly server: Server;
  /** The only path whose upgrades are passed on. */
  readonly path: string;
  /** The server they are passed on to. */
  readonly target: URL;
  readonly maxConnections: number;
}

const CONNECT_MS = 5_000;

/**
 * Passes WebSocket connections on to the realtime server byte for byte, so that clients need one URL only. The realtime
 * server sees every header as it was sent, `Host` and `Origin` included, and `x-forwarded-for`.
 */
export function createWebsocketProxy(options: WebsocketProxyOptions): Closable {
  const open = new Set<Duplex>();
  const sockets = gauge('terakoya_gateway_websockets', 'WebSocket connections passed on at the moment.');
  const upgrades = counter('terakoya_gateway_upgrades_total', 'Upgrade requests by outcome.', ['outcome']);

  const refuse = (client: Duplex, status: string, outcome: string): void => {
    upgrades.inc({ outcome });
    client.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
  };

  const accept = (request: IncomingMessage, client: Duplex, head: Buffer): void => {
    client.on('error', () => client.destroy());
    if (request.url?.split('?', 1)[0] !== options.path) return refuse(client, '404 Not Found', 'not_found');
    if (request.headers.upgrade?.toLowerCase() !== 'websocket') return refuse(client, '400 Bad Request', 'bad_request');
    if (open.size >= options.maxConnections) return refuse(client, '503 Service Unavailable', 'limit');
    open.add(client);
    sockets.inc();
    client.once('close', () => {
      open.delete(client);
      sockets.dec();
    });
    passOn(request, client, head, options.target, (isConnected) => {
      if (!isConnected) return refuse(client, '502 Bad Gateway', 'unreachable');
      upgrades.inc({ outcome: 'connected' });
    });
  };

  options.server.on('upgrade', accept);
  return {
    async close() {
      options.server.off('upgrade', accept);
      await Promise.all([...open].map(endSocket));
    },
  };
}

function passOn(
  request: IncomingMessage,
  client: Duplex,
  head: Buffer,
  target: URL,
  onSettled: (isConnected: boolean) => void,
): void {
  let isConnected = false;
  const upstream: Socket = connect({ host: target.hostname, port: Number(target.port || 80), noDelay: true });
  const timer = setTimeout(() => upstream.destroy(), CONNECT_MS);
  upstream.once('connect', () => {
    clearTimeout(timer);
    isConnected = true;
    onSettled(true);
    upstream.write(requestHead(request));
    upstream.write(head);
    upstream.pipe(client);
    client.pipe(upstream);
  });
  upstream.on('error', () => upstream.destroy());
  upstream.once('close', () => {
    clearTimeout(timer);
    if (isConnected) client.destroy();
    else onSettled(false);
  });
  client.once('close', () => upstream.destroy());
}

/** The request as it came; Node.js has parsed the headers, so none of them can carry another. */
function requestHead(request: IncomingMessage): string {
  const lines = [`${request.method} ${request.url} HTTP/1.1`];
  for (let index = 0; index < request.rawHeaders.length; index += 2) {
    const name = request.rawHeaders[index] ?? '';
    if (name.toLowerCase() !== 'x-forwarded-for') lines.push(`${name}: ${request.rawHeaders[index + 1]}`);
  }
  lines.push(`x-forwarded-for: ${request.socket.remoteAddress ?? 'unknown'}`, '', '');
  return lines.join('\r\n');
}

function endSocket(socket: Duplex): Promise<void> {
  return new Promise((resolve) => {
    if (socket.closed) return resolve();
    socket.once('close', () => resolve());
    socket.destroy();
  });
}
