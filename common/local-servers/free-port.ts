import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

import { ConfigurationError } from '../errors';
import { ServerStartError } from './server-start-error';

const ATTEMPTS = 5;

/** A loopback port nobody listens on just now; another program may take it before it is used. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo; // a TCP server that listens has one
      server.close(() => resolve(port));
    });
  });
}

/**
 * Starts a server on the wanted port, or on a free one when that is 0: then another one is tried when a program was
 * faster. A wanted port that is taken fails with one line that names it and the variable that changes it.
 */
export async function startOnPort<T>(
  wanted: number,
  server: { readonly name: string; readonly portVariable: string },
  start: (port: number) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const port = wanted === 0 ? await freePort() : wanted;
    try {
      return await start(port);
    } catch (error) {
      if (!(error instanceof ServerStartError && error.isPortTaken)) throw error;
      if (wanted !== 0) throw portTaken(port, server);
      if (attempt === ATTEMPTS) throw error;
    }
  }
}

function portTaken(port: number, { name, portVariable }: { name: string; portVariable: string }): ConfigurationError {
  return new ConfigurationError(
    `Port ${port} of ${name} is taken: set ${portVariable} to another port or stop the program that uses it.`,
  );
}
