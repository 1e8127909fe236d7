import { createSocket } from 'node:dgram';

/** RTCP's BYE (RFC 3550, 6.6) with an empty reason: 12 bytes, because ffmpeg passes over what is shorter. */
const BYE = Buffer.from([0x81, 203, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0]);

/** Tells whoever receives RTP at this port of this machine that no more will come. */
export function sayBye(port: number): void {
  const socket = createSocket('udp4');
  socket.once('error', () => socket.close());
  socket.send(BYE, port, '127.0.0.1', () => socket.close());
}
