import { mkdirSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { requireTool } from '../system-tools';
import { freePort } from './free-port';
import { type ServerProcess, startServerProcess } from './server-process';

export interface RedisOptions {
  /** Where data is kept; without it nothing is kept. */
  readonly dataDirectory?: string;
  /** 0 lets the system choose. */
  readonly port: number;
  readonly report: (line: string) => void;
}

export interface LocalRedis {
  readonly url: string;
  readonly port: number;
  stop(): Promise<void>;
  /** Ends it at once; without a data directory all it knew is gone. */
  kill(): Promise<void>;
}

/** Starts a real Redis on loopback. It never evicts: queues and the event log live in it. */
export async function startRedis(options: RedisOptions): Promise<LocalRedis> {
  const tool = await requireTool('redis-server', options.report);
  const port = await freePort(options.port);
  const temporary = options.dataDirectory === undefined ? await mkdtemp(join(tmpdir(), 'terakoya-redis-')) : undefined;
  const folder = options.dataDirectory ?? temporary ?? tmpdir();
  mkdirSync(folder, { recursive: true });
  const persistence =
    temporary === undefined ? ['--appendonly', 'yes', '--appendfsync', 'everysec'] : ['--appendonly', 'no'];
  const server = await startServerProcess(
    'redis-server',
    tool.command,
    [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--dir',
      folder,
      '--save',
      '',
      ...persistence,
      '--maxmemory-policy',
      'noeviction',
    ],
    { env: tool.environment },
    (line) => line.includes('Ready to accept connections'),
  );
  return { url: `redis://127.0.0.1:${port}`, port, ...ending(server, temporary) };
}

function ending(server: ServerProcess, temporary: string | undefined): Pick<LocalRedis, 'stop' | 'kill'> {
  const remove = (): void => {
    if (temporary !== undefined) rmSync(temporary, { recursive: true, force: true });
  };
  return {
    stop: () => server.stop('SIGTERM').then(remove),
    kill: () => server.kill().then(remove),
  };
}
