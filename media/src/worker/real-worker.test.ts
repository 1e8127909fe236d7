import { spawnSync } from 'node:child_process';

import { createWorker } from 'mediasoup';

import { requireMediasoupWorker } from './require-worker';

jest.setTimeout(1_800_000); // where the worker has to be built first

test('the worker that is got on this machine ends with 41 by hand, and answers to mediasoup', async () => {
  const report = (line: string): void => void process.stderr.write(`  ${line}\n`);
  const workerBin = await requireMediasoupWorker({ report });
  expect(spawnSync(workerBin, { env: {}, timeout: 10_000 }).status).toBe(41);
  const worker = await createWorker({ workerBin });
  try {
    expect((await worker.getResourceUsage()).ru_maxrss).toBeGreaterThan(0);
  } finally {
    worker.close();
  }
});
