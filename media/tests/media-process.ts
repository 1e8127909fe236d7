import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { createTestRedis, testIdentity } from '@terakoya/common/testkit';

import { requireMediasoupWorker } from '../src/worker/require-worker';
import { commandNode } from './open-media';

const root = join(__dirname, '..', '..');

/** A media node as it runs in production: a program of its own, which can be killed. */
export async function startMediaProcess(environment: Readonly<Record<string, string>>) {
  const child = fork(join(root, 'media', 'src', 'main.ts'), {
    execArgv: ['--conditions=terakoya-source', '--require', join(root, 'scripts', 'register.js')],
    env: {
      ...process.env,
      PORT: '0',
      LOG_LEVEL: 'error',
      REDIS_URL: createTestRedis().redisUrl,
      IDENTITY_SECRET: testIdentity.secret,
      MEDIASOUP_WORKERS: '1',
      MEDIASOUP_WORKER_BIN: await requireMediasoupWorker({ report: () => undefined }),
      ...environment,
    },
  });
  const exited = once(child, 'exit');
  const [{ port }] = (await once(child, 'message', { signal: AbortSignal.timeout(60_000) })) as [{ port: number }]; // runService sends it
  return {
    ...commandNode(`http://127.0.0.1:${port}`),
    signal: (name: NodeJS.Signals) => void child.kill(name),
    /** The code it ended with, null when a signal ended it. */
    async ended(): Promise<number | null> {
      const [code] = (await exited) as [number | null]; // of the exit event
      return code;
    },
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
  };
}
