import { createServer } from 'node:net';

/** A loopback port nobody listens on just now; 0 stays a wish, any other number is returned as it is. */
export function freePort(wanted = 0): Promise<number> {
  if (wanted !== 0) return Promise.resolve(wanted);
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
