import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type LocalRedis, startRedis } from '../../common/local-servers';
import { composeSupergraph } from '../../scripts/schema/compose';
import { BenchProcess, FROM_SOURCE } from '../gateway/bench-process';
import type { Cores } from '../gateway/cores';
import { SUBGRAPHS } from './graph';

const ROOT = join(__dirname, '..', '..');
const START_MS = 60_000;
export const PREFIX = 'bench';
export const SECRET = 'a-secret-of-the-bench-with-32-characters';

/** A server that is measured. */
export interface Measured {
  readonly name: 'realtime' | 'socketio';
  readonly process: BenchProcess;
  readonly port: number;
}

/** What runs around the servers that are measured. */
export interface Around {
  readonly redis: LocalRedis;
  readonly subgraphs: BenchProcess;
  /** The environment of the realtime server. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Starts Redis and the subgraphs and composes the supergraph; all is gone when `work` is done. */
export async function withAround<T>(
  cores: Cores | null,
  clients: number,
  work: (around: Around) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'terakoya-bench-realtime-'));
  const redis = await startRedis({ port: 0, report: () => undefined });
  const subgraphs = new BenchProcess({
    name: 'the subgraphs',
    args: [...FROM_SOURCE, join(__dirname, 'subgraphs-main.ts')],
    cores: cores?.others,
  });
  try {
    const { urls } = await subgraphs.message<{ urls: Record<string, string> }>(START_MS);
    const sdl = readFileSync(join(ROOT, 'realtime', 'schema.graphql'), 'utf8');
    const realtime = { name: 'realtime', url: 'http://127.0.0.1:1/graphql', sdl };
    const sources = SUBGRAPHS.map(({ name, sdl }) => ({ name, sdl, url: urls[name] ?? '' }));
    const supergraph = join(folder, 'supergraph.graphql');
    writeFileSync(supergraph, composeSupergraph([...sources, realtime]));
    const environment = {
      PORT: '0',
      LOG_LEVEL: 'warn',
      SUPERGRAPH_FILE: supergraph,
      NOTES_URL: urls['notes'] ?? '',
      ASSISTANT_URL: urls['assistant'] ?? '',
      PERSISTED_DOCUMENTS: 'off',
      REDIS_URL: redis.url,
      REDIS_PREFIX: PREFIX,
      ACCESS_TOKEN_SECRET: SECRET,
      IDENTITY_SECRET: SECRET,
      MAX_CONNECTIONS: String(clients + 10),
    };
    return await work({ redis, subgraphs, environment });
  } finally {
    await subgraphs.stop();
    await redis.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

export async function startRealtime(
  { environment }: Around,
  cores: Cores | null,
  nodeFlags: readonly string[] = [],
): Promise<Measured> {
  const server = new BenchProcess({
    name: 'realtime',
    args: [...nodeFlags, ...FROM_SOURCE, join(ROOT, 'realtime', 'src', 'main.ts')],
    environment,
    cores: cores?.gateway,
  });
  const { port } = await server.message<{ port: number }>(START_MS);
  return { name: 'realtime', process: server, port };
}

export async function startSocketio(cores: Cores | null, nodeFlags: readonly string[] = []): Promise<Measured> {
  const server = new BenchProcess({
    name: 'Socket.IO',
    args: [...nodeFlags, join(ROOT, 'bench', 'peers', 'socketio.mjs')],
    cores: cores?.gateway,
  });
  const { port } = await server.message<{ port: number }>(START_MS);
  return { name: 'socketio', process: server, port };
}
