import { spawn } from 'node:child_process';

/** The worker ends with this when it is started by hand, without the version of whoever wants to use it (its main.cpp). */
const STARTED_BY_HAND = 41;
const TIMEOUT_MS = 10_000;

/** Whether the program is a mediasoup worker that can run on this machine; false also when there is none. */
export function isHealthyWorker(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(path, { env: {}, stdio: 'ignore' });
    const timer = setTimeout(() => child.kill('SIGKILL'), TIMEOUT_MS);
    const answer = (isHealthy: boolean): void => {
      clearTimeout(timer);
      resolve(isHealthy);
    };
    child.once('error', () => answer(false));
    child.once('close', (code) => answer(code === STARTED_BY_HAND));
  });
}
