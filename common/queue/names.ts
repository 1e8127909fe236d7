import type { TaskContract } from '../contracts';

export const TASK_QUEUES: readonly TaskContract['queue'][] = ['notes', 'ocr', 'ai', 'recording'];

/** The queue in which a subgraph finds the outcomes of the work it asked for. */
export function outcomeQueue(owner: TaskContract['owner']): string {
  return `outcomes-${owner}`;
}

/** The channel on which running jobs are told to stop. */
export function cancelChannel(prefix: string): string {
  return `${prefix}:cancel-jobs`;
}

/** BullMQ keeps keys under its own prefix. */
export function queuePrefix(prefix: string): string {
  return `${prefix}-queue`;
}
