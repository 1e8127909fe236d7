import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/** Gives the work a port that somebody listens on meanwhile. */
export async function withOccupiedPort(work: (port: number) => Promise<void>): Promise<void> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await work((server.address() as AddressInfo).port); // a TCP server that listens has one
  } finally {
    server.close();
  }
}
