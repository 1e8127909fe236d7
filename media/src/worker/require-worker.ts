import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { ConfigurationError } from '@terakoya/common/errors';
import { type Environment, type Report, exclusively, toolCache, toolEnvironment } from '@terakoya/common/system-tools';

import { buildWorker } from './build';
import { downloadWorker } from './download';
import { isHealthyWorker } from './health';
import { BUILD_HASH, WORKER_VERSION } from './package';
import type { WorkerSource } from './worker-source';

export interface RequireWorkerOptions {
  readonly report?: Report;
  readonly signal?: AbortSignal;
  readonly env?: Environment;
  /** Where a worker comes from that is neither named nor kept, best first; each says whether it has written it. */
  readonly sources?: readonly WorkerSource[];
}

const SOURCES: readonly WorkerSource[] = [downloadWorker, buildWorker];
/** Another process may be building it. */
const WAIT_MS = 1_800_000;

/** The worker that MEDIASOUP_WORKER_BIN names, or the one in our cache; null when there is none yet. */
export async function findMediasoupWorker(env: Environment = toolEnvironment()): Promise<string | null> {
  const named = env['MEDIASOUP_WORKER_BIN'];
  if (named) {
    if (await isHealthyWorker(named)) return named;
    throw new ConfigurationError(`MEDIASOUP_WORKER_BIN (${named}) is no mediasoup worker that runs on this machine.`);
  }
  const kept = keptWorker(env);
  return (await isHealthyWorker(kept)) ? kept : null;
}

function keptWorker(env: Environment): string {
  return join(toolCache(env), `mediasoup-worker-${WORKER_VERSION}-${BUILD_HASH}`);
}

/**
 * The path of a mediasoup worker that runs on this machine: the one that MEDIASOUP_WORKER_BIN names, the one in our cache, the
 * one mediasoup's makers have built, or one built here from source, which takes minutes. What was downloaded or built is
 * kept outside the clone, by version and by what builds it. Throws ConfigurationError when there is none.
 */
export async function requireMediasoupWorker(options: RequireWorkerOptions = {}): Promise<string> {
  const { report = () => undefined, signal, env = toolEnvironment(), sources = SOURCES } = options;
  const found = await findMediasoupWorker(env);
  if (found) return found;
  const kept = keptWorker(env);
  return exclusively(kept, { report, signal, waitMs: WAIT_MS }, async () => {
    if (await isHealthyWorker(kept)) return kept;
    for (const source of sources) {
      if (!(await source(kept, { report, signal, env }))) continue;
      if (await isHealthyWorker(kept)) return kept;
      report(`${kept} does not run on this machine`);
      rmSync(kept, { force: true });
    }
    throw new ConfigurationError(
      'There is no mediasoup worker: it could neither be downloaded nor built here. Name one with MEDIASOUP_WORKER_BIN.',
    );
  });
}
