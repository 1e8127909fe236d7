import type { IncomingMessage } from 'node:http';
import { type Socket, connect } from 'node:net';
import type { Duplex } from 'node:stream';

import type { Closable } from '@terakoya/common/lifecycle';
import { gauge } from '@terakoya/common/telemetry';

const CONNECT_MS = 3_000;

/**
 * Passes WebSocket connections on to realtime byte by byte, so that clients need one URL only. The handshake is sent as it
 * came; everything after it is none of the gateway's business.
 */
export function createWebSocketPassage(realtimeUrl: string): Closable & {
  pass(request: IncomingMessage, client: Duplex, head: Buffer): void;
} {
  const { hostname, port } = new URL(realtimeUrl);
  const open = new Set<Duplex>();
  const passing = gauge('terakoya_websockets_passing', 'WebSocket connections passed on to realtime.');
  return {
    pass(request, client, head) {
      const upstream: Socket = connect({ host: hostname, port: Number(port), timeout: CONNECT_MS });
      open.add(client);
      passing.inc();
      const end = (): void => {
        upstream.destroy();
        client.destroy();
        if (open.delete(client)) passing.dec();
      };
      upstream.once('connect', () => {
        upstream.setTimeout(0);
        upstream.write(handshakeOf(request));
        if (head.byteLength > 0) upstream.write(head);
        upstream.pipe(client).pipe(upstream);
      });
      upstream.once('timeout', end);
      upstream.once('error', () => {
        if (client.writable)
          client.write('HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
        end();
      });
      upstream.once('close', end);
      client.once('error', end);
      client.once('close', end);
    },
    async close() {
      for (const client of open) client.destroy();
    },
  };
}

function handshakeOf({ method, url, rawHeaders }: IncomingMessage): string {
  const headers = rawHeaders.reduce(
    (text, part, index) => (index % 2 === 0 ? `${text}${part}: ` : `${text}${part}\r\n`),
    '',
  );
  return `${method ?? 'GET'} ${url ?? '/'} HTTP/1.1\r\n${headers}\r\n`;
}
