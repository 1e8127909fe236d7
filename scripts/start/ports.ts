import { createServer } from 'node:net';

import { ConfigurationError } from '@terakoya/common/errors';

import type { StartConfig } from './config';
import { ENTRIES, SERVICES, type ServiceName } from './services';

/** Fails with one line for the first port that another program holds, before anything is started. */
export async function requireFreePorts(config: StartConfig, services: readonly ServiceName[]): Promise<void> {
  const wanted: [string, string, number][] = SERVICES.filter((name) => services.includes(name)).map((name) => [
    name,
    ENTRIES[name].port,
    Number(config[ENTRIES[name].port]),
  ]);
  wanted.push(['the embedded file store', 'FILE_STORAGE_PORT', config.FILE_STORAGE_PORT]);
  for (const [name, variable, port] of wanted) {
    if (port !== 0 && (await isTaken(port))) {
      throw new ConfigurationError(
        `Port ${port} of ${name} is taken. Stop the program that uses it, or set ${variable} to another port in .env.`,
      );
    }
  }
}

function isTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'EADDRINUSE'));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(false)));
  });
}
