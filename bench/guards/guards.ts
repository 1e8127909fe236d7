import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { Pool } from 'undici';

import { createAccessTokens } from '@terakoya/common/auth';
import { Secret } from '@terakoya/common/config';
import { startRedis } from '@terakoya/common/local-servers';

import type { BenchResult } from '../main';
import { median, round } from '../statistics';

const SECRET = 'a-secret-of-the-bench-with-32-chars!';
const LIGHT = JSON.stringify({
  query: 'query Light($id: ID!) { notebook(id: $id) { id title } }',
  variables: { id: 'n' },
});
const CONNECTIONS = 32;

interface Round {
  readonly perSecond: number;
  /** CPU of the gateway for one request, in microseconds. */
  readonly cpuUs: number;
}

/**
 * What the guards cost a light query: the same gateway without them, with them in one process, and with limits shared
 * in Redis; one user sends all of it, which is the busiest case of the limits. In turn, medians.
 */
export async function benchGuards({
  isSmoke,
  report,
}: {
  isSmoke: boolean;
  report: (line: string) => void;
}): Promise<BenchResult> {
  const redis = await startRedis({ port: 0, password: 'bench-of-the-guards', report: () => undefined });
  const kinds: Readonly<Record<string, Record<string, string>>> = {
    none: {
      BENCH_GUARDS: 'false',
      RATE_LIMIT_PER_USER: '0',
      RATE_LIMIT_PER_ADDRESS: '0',
      RESPONSE_CACHE_BYTES: '0',
      CSRF_PREVENTION: 'false',
    },
    process: UNBOUNDED,
    redis: { ...UNBOUNDED, REDIS_URL: redis.url },
  };
  const rounds: Record<string, Round[]> = {};
  const gateways = await Promise.all(
    Object.entries(kinds).map(async ([name, environment]) => ({ name, ...(await start(environment)) })),
  );
  try {
    for (let turn = 0; turn < (isSmoke ? 2 : 6); turn += 1) {
      for (const { name, port, child } of gateways) {
        const measured = await load(port, child, isSmoke ? 500 : 4_000);
        if (turn > 0) (rounds[name] ??= []).push(measured); // the first one warms up
        report(`${name}: ${Math.round(measured.perSecond)} requests/s, ${measured.cpuUs.toFixed(0)} µs of CPU each`);
      }
    }
  } finally {
    for (const { child } of gateways) child.disconnect();
    await redis.kill();
  }
  return resultOf(rounds);
}

const UNBOUNDED = { RATE_LIMIT_PER_USER: '1000000000', RATE_LIMIT_PER_ADDRESS: '1000000000' };

function resultOf(rounds: Readonly<Record<string, readonly Round[]>>): BenchResult {
  const cpu = (name: string): number => median((rounds[name] ?? []).map(({ cpuUs }) => cpuUs));
  const rate = (name: string): number => median((rounds[name] ?? []).map(({ perSecond }) => perSecond));
  return {
    figures: {
      cpu_us_without: round(cpu('none'), 0),
      cpu_us_in_process: round(cpu('process'), 0),
      cpu_us_with_redis: round(cpu('redis'), 0),
      guards_vs_without: round(cpu('redis') / cpu('none')),
      requests_per_second: round(rate('redis'), 0),
    },
    details: { rounds, note: 'CPU of the gateway process for one light query whose subgraph answers at once' },
  };
}

async function start(environment: Record<string, string>): Promise<{ port: number; child: ChildProcess }> {
  const child = fork(join(__dirname, 'gateway.ts'), {
    env: {
      ...process.env,
      PORT: '0',
      LOG_LEVEL: 'silent',
      ACCESS_TOKEN_SECRET: SECRET,
      IDENTITY_SECRET: SECRET,
      ...environment,
    },
    execArgv: process.execArgv,
  });
  const { port } = await told<{ port: number }>(child);
  return { port, child };
}

async function told<T>(child: ChildProcess): Promise<T> {
  const [message] = (await once(child, 'message', { signal: AbortSignal.timeout(30_000) })) as [T]; // gateway.ts sends it
  return message;
}

async function cpuOf(child: ChildProcess): Promise<number> {
  child.send('cpu');
  const { cpu } = await told<{ cpu: NodeJS.CpuUsage }>(child);
  return cpu.user + cpu.system;
}

async function load(port: number, child: ChildProcess, requests: number): Promise<Round> {
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: CONNECTIONS });
  const viewer = { userId: 'u1', role: 'STUDENT', sessionId: 's1' } as const;
  const { token } = createAccessTokens(new Secret(SECRET)).sign(viewer, 600);
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const before = await cpuOf(child);
  const began = performance.now();
  let left = requests;
  const client = async (): Promise<void> => {
    while (left-- > 0) {
      const { statusCode, body } = await pool.request({ method: 'POST', path: '/graphql', headers, body: LIGHT });
      const text = await body.text();
      if (statusCode !== 200 || !text.includes('Leaves')) throw new Error(`answered ${statusCode}: ${text}`);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, client));
  const seconds = (performance.now() - began) / 1000;
  const cpu = (await cpuOf(child)) - before;
  await pool.close();
  return { perSecond: requests / seconds, cpuUs: cpu / requests };
}
