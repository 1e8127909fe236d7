import { randomUUID as uuid } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import { type EventContract, notebookChanged } from '../../common/contracts';
import type { EventLog } from '../../common/streams';

export const NOTEBOOK_ID = '00000000-0000-4000-8000-000000000001';

function eventOf(kind: string, pageId: string | null) {
  const contract: EventContract = notebookChanged;
  return {
    id: uuid(),
    name: contract.name,
    domain: contract.domain,
    aggregateId: NOTEBOOK_ID,
    payload: { notebookId: NOTEBOOK_ID, ownerId: NOTEBOOK_ID, kind, pageId, importId: null },
    traceparent: null,
    occurredAt: Date.now(),
    isReplayed: false,
  };
}

/** An event without a number, by which clients come to their first cursor. */
export async function appendGreeting(log: EventLog): Promise<void> {
  await log.append([eventOf('NOTEBOOK_RENAMED', null)]);
}

/**
 * Appends the numbers from `first` on, in order, as the relay does: a batch that failed, which may have been written or
 * not, is sent again until it is known to be there.
 */
export async function appendNumbers(log: EventLog, first: number, count: number, signal: AbortSignal): Promise<void> {
  const events = Array.from({ length: count }, (_, index) =>
    eventOf('PAGE_READ', `00000000-0000-4000-9000-${String(first + index).padStart(12, '0')}`),
  );
  for (;;) {
    signal.throwIfAborted();
    try {
      return await log.append(events);
    } catch {
      await delay(50, undefined, { signal });
    }
  }
}
