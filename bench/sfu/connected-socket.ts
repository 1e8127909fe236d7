import { type Socket, createSocket } from 'node:dgram';
import { once } from 'node:events';

/** A UDP socket that sends to one address only, so that no packet waits for a name to be found. */
export async function connectSocket(to: { readonly ip: string; readonly port: number }): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.connect(to.port, to.ip);
  await once(socket, 'connect');
  return socket;
}
