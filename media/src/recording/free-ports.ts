import { type Socket, createSocket } from 'node:dgram';

import { UnavailableError } from '@terakoya/common/errors';

const ATTEMPTS = 50;
const HOST = '127.0.0.1';

/**
 * A UDP port of this machine that is free together with the one after it, which ffmpeg opens for RTCP. Somebody may take
 * them before ffmpeg does; then ffmpeg ends at once and is started again with others.
 */
export async function freePortPair(): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const first = await bind(0);
    const port = first?.address().port ?? 0;
    const second = port % 2 === 0 && port > 0 ? await bind(port + 1) : undefined;
    for (const socket of [first, second]) if (socket) await closed(socket);
    if (second) return port;
  }
  throw new UnavailableError('There are no two UDP ports for a recording.');
}

function bind(port: number): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', () => (socket.close(), resolve(undefined)));
    socket.bind({ port, address: HOST, exclusive: true }, () => resolve(socket));
  });
}

function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.close(() => resolve()));
}
