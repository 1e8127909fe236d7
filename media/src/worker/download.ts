import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { arch, platform, release } from 'node:os';
import { dirname, join } from 'node:path';

import { messageOf } from '@terakoya/common/errors';
import { runCommand } from '@terakoya/common/system-tools';

import { WORKER_VERSION } from './package';
import type { WorkerSourceOptions } from './worker-source';

const RELEASES = 'https://github.com/versatica/mediasoup/releases/download';
const TIMEOUT_MS = 20_000;

/**
 * Writes the worker that mediasoup's makers publish for this system to `output`; false when there is none to be had.
 * MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL is another place with the same files, as for mediasoup's own installer.
 */
export async function downloadWorker(output: string, { report, signal, env }: WorkerSourceOptions): Promise<boolean> {
  const from = env['MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL'] || RELEASES;
  const kernel = platform() === 'linux' ? `-kernel${release().split('.')[0]}` : '';
  const url = `${from}/${WORKER_VERSION}/mediasoup-worker-${WORKER_VERSION}-${platform()}-${arch()}${kernel}.tgz`;
  mkdirSync(dirname(output), { recursive: true });
  const folder = mkdtempSync(`${output}.download-`);
  try {
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(url, { signal: signal ? AbortSignal.any([signal, timeout]) : timeout });
    if (!response.ok) throw new Error(`status ${response.status}`);
    writeFileSync(join(folder, 'worker.tgz'), Buffer.from(await response.arrayBuffer()));
    await runCommand('tar', ['xzf', join(folder, 'worker.tgz'), '-C', folder, 'mediasoup-worker'], { signal });
    chmodSync(join(folder, 'mediasoup-worker'), 0o755);
    renameSync(join(folder, 'mediasoup-worker'), output);
    report(`the mediasoup worker ${WORKER_VERSION} was downloaded`);
    return true;
  } catch (error) {
    signal?.throwIfAborted();
    report(`no prebuilt mediasoup worker can be downloaded here (${messageOf(error)})`);
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
