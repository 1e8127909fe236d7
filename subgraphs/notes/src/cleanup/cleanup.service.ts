import type { Database, EntityManager } from '@terakoya/common/database';
import type { Logger } from '@terakoya/common/logging';
import { cancelJobs } from '@terakoya/common/outbox';
import type { ObjectStorage } from '@terakoya/common/storage';

import { type Cleanup, type CleanupPlan, cleanupRepository } from './cleanup.repository';

/** A worker that was storing an object when its job was taken back has ended by then. */
const AGAIN_SECONDS = 300;
const AFTER_FAILURE_SECONDS = 30;
const MOST_PER_ROUND = 200;

/**
 * What is to be done once a change is committed. The plan is a row of the same transaction, so nothing is forgotten when
 * the process dies; jobs are taken back here and not in the transaction, which holds the notebook's lock: an outcome
 * that is being applied holds its job and waits for the notebook.
 */
export class CleanupService {
  #wake: () => void = () => undefined;

  constructor(
    private readonly database: Database,
    private readonly storage: Pick<ObjectStorage, 'deletePrefix'>,
    private readonly logger: Logger,
  ) {}

  async plan(manager: EntityManager, plan: CleanupPlan): Promise<void> {
    await cleanupRepository.insert(manager, plan, AGAIN_SECONDS);
  }

  /** Says that something was planned and committed. */
  wake(): void {
    this.#wake();
  }

  onWake(wake: () => void): void {
    this.#wake = wake;
  }

  /** Does what is due, a bounded number of things; what fails is tried again later. */
  async run(signal: AbortSignal): Promise<void> {
    for (let done = 0; done < MOST_PER_ROUND && !signal.aborted; done += 1) {
      if (!(await this.#runOne())) return;
    }
  }

  async #runOne(): Promise<boolean> {
    return this.database.transaction(async (manager) => {
      const cleanup = await cleanupRepository.takeDue(manager);
      if (!cleanup) return false;
      if (cleanup.runId !== null) await cancelJobs(manager, cleanup.runId);
      const isDone = cleanup.keyPrefix === null || (await this.#removeObjects(cleanup, cleanup.keyPrefix));
      if (isDone) await cleanupRepository.delete(manager, cleanup.id);
      else await cleanupRepository.postpone(manager, cleanup.id, AFTER_FAILURE_SECONDS);
      return true;
    });
  }

  async #removeObjects({ id }: Cleanup, keyPrefix: string): Promise<boolean> {
    try {
      await this.storage.deletePrefix(keyPrefix);
      return true;
    } catch (error) {
      this.logger.warn({ err: error, cleanupId: id }, 'objects could not be removed; trying again later');
      return false;
    }
  }
}
