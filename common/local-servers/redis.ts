import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type ToolCommand, exclusively, requireTool } from '../system-tools';
import { type ServerRecord, refuseSecondServer } from './earlier-server';
import { startOnPort } from './free-port';
import { keptPassword } from './kept-password';
import { startServerProcess } from './server-process';

export interface RedisOptions {
  /** Where data and password are kept; without it nothing is kept. */
  readonly dataDirectory?: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** Only without a data directory: lets a Redis that is started again have the same URL. */
  readonly password?: string;
  readonly report: (line: string) => void;
}

export interface LocalRedis {
  /** With its password. */
  readonly url: string;
  readonly port: number;
  /** Ends it in order: with a data directory, what it knows is on disk. */
  stop(): Promise<void>;
  /** Ends it at once; without a data directory all it knew is gone. */
  kill(): Promise<void>;
}

/**
 * Starts a real Redis on loopback, got through the system's package manager when it is missing. It never evicts: queues
 * and the event log live in it. Throws ConfigurationError for a taken port, data that another Redis uses and a missing
 * program.
 */
export async function startRedis(options: RedisOptions): Promise<LocalRedis> {
  const tool = await requireTool('redis-server', { report: options.report });
  if (options.dataDirectory === undefined) return startWithoutData(tool, options);
  const folder = options.dataDirectory;
  const password = keptPassword(folder);
  // Redis itself would let two write to the same files.
  return exclusively(realpathSync(folder), {}, async () => {
    await refuseSecondServer(redisRecord(folder), options.report);
    return start(tool, options, folder, password);
  });
}

async function startWithoutData(tool: ToolCommand, options: RedisOptions): Promise<LocalRedis> {
  const folder = mkdtempSync(join(tmpdir(), 'terakoya-redis-'));
  try {
    return await start(tool, options, folder, options.password ?? keptPassword(folder));
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

function start(tool: ToolCommand, options: RedisOptions, folder: string, password: string): Promise<LocalRedis> {
  const isKept = options.dataDirectory !== undefined;
  return startOnPort(options.port, { name: 'Redis', portVariable: 'REDIS_PORT' }, async (port) => {
    const server = await startServerProcess({
      name: 'Redis',
      ...tool,
      args: ['-'], // its settings come by standard input, so that no list of processes shows the password
      input: settings(port, folder, password, isKept),
      readyLine: 'Ready to accept connections',
      stopSignal: 'TERM',
      remove: isKept ? [] : [folder],
      report: options.report,
    });
    return { url: `redis://:${password}@127.0.0.1:${port}`, port, stop: server.stop, kill: server.kill };
  });
}

export function redisRecord(folder: string): ServerRecord {
  return { name: 'Redis', pidFile: join(folder, 'redis.pid'), marks: ['redis-server', 'valkey-server'] };
}

function settings(port: number, folder: string, password: string, isKept: boolean): string {
  const lines = [
    `port ${port}`,
    'bind 127.0.0.1',
    `requirepass ${password}`,
    `dir ${JSON.stringify(folder)}`,
    `pidfile ${JSON.stringify(join(folder, 'redis.pid'))}`,
    'save ""',
    `appendonly ${isKept ? 'yes' : 'no'}`,
    'appendfsync everysec',
    'maxmemory-policy noeviction',
  ];
  return `${lines.join('\n')}\n`;
}
