import type { TaskContract } from '@terakoya/common/contracts';
import { classifyError, isSchoolError } from '@terakoya/common/errors';
import type { TaskRun } from '@terakoya/common/queue';

export interface Fallback<T> {
  readonly contract: TaskContract;
  readonly run: TaskRun;
  /** The vendor's way. */
  readonly paid: () => Promise<T>;
  /** The local way, which costs nothing. */
  readonly local: () => Promise<T>;
  /** Told before the local way is taken, with the code of what the vendor's way failed with. */
  readonly onFallback: (reason: string) => void;
}

/**
 * Does the work the vendor's way, and the local way when the vendor is refused (spend limit, key) or not understood,
 * at once; when it is only busy or down, the job is tried again first and falls back with its last attempt. A cancelled
 * job does neither.
 */
export async function withFallback<T>({ contract, run, paid, local, onFallback }: Fallback<T>): Promise<T> {
  try {
    return await paid();
  } catch (error) {
    run.signal.throwIfAborted();
    if (classifyError(error) === 'transient' && run.attempt < contract.attempts) throw error;
    onFallback(isSchoolError(error) ? error.code : 'INTERNAL_SERVER_ERROR');
    return local();
  }
}
