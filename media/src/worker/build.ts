import { existsSync, renameSync, rmSync } from 'node:fs';

import { messageOf } from '@terakoya/common/errors';
import { type Report, installWithApt, runCommand } from '@terakoya/common/system-tools';

import { BUILD_SCRIPT, WORKER_PACKAGE, WORKER_VERSION } from './package';
import type { WorkerSourceOptions } from './worker-source';

const COMPILERS = ['g++', 'ninja-build', 'pkg-config', 'python3', 'dpkg-dev', 'xz-utils'];
const TIMEOUT_MS = 1_800_000;
/** A line of progress now and then. */
const REPORT_MS = 20_000;

/** Builds the worker from the source in the npm package to `output`; false, with the reason told, when that fails. */
export async function buildWorker(output: string, { report, signal }: WorkerSourceOptions): Promise<boolean> {
  const began = Date.now();
  const making = `${output}.making-${process.pid}`;
  report(`building the mediasoup worker ${WORKER_VERSION} from source, once: four to eight minutes on two cores …`);
  try {
    if (canInstall()) await installWithApt(COMPILERS, signal); // else the script says what is missing
    const onOutput = progress(report);
    await runCommand('bash', [BUILD_SCRIPT, WORKER_PACKAGE, making], { signal, timeoutMs: TIMEOUT_MS, onOutput });
    renameSync(making, output);
    report(`the mediasoup worker is built (${((Date.now() - began) / 1000).toFixed(0)} s): ${output}`);
    return true;
  } catch (error) {
    signal?.throwIfAborted();
    report(`the mediasoup worker could not be built: ${messageOf(error)}`);
    return false;
  } finally {
    rmSync(making, { force: true });
  }
}

function canInstall(): boolean {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version');
}

/** ninja writes `[12/279] Compiling …`. */
function progress(report: Report): (text: string) => void {
  let toldAt = Date.now();
  return (text) => {
    const [, step] = /\[(\d+\/\d+)\]/.exec(text) ?? [];
    if (step === undefined || Date.now() - toldAt < REPORT_MS) return;
    toldAt = Date.now();
    report(`building the mediasoup worker: ${step}`);
  };
}
