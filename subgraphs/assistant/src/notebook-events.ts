import { importCompleted, notebookChanged, notebookDeleted, pageRead } from '@terakoya/common/contracts';
import type { Database, EntityManager } from '@terakoya/common/database';
import { consumeOnce } from '@terakoya/common/outbox';
import { type EventHandler, type LoggedEvent, onEvent } from '@terakoya/common/streams';

import type { SummaryService } from './summary/summary.service';

/** What the assistant does when something happens in a notebook; an event that comes again changes nothing. */
export function notebookEventHandlers(database: Database, summaries: SummaryService): EventHandler[] {
  const once = (event: LoggedEvent, apply: (manager: EntityManager) => Promise<void>): Promise<void> =>
    database.transaction(async (manager) => {
      if (await consumeOnce(manager, event.id)) await apply(manager);
    });
  return [
    onEvent(pageRead, (page, event) => once(event, (manager) => summaries.keepText(manager, page))),
    onEvent(importCompleted, ({ notebookId }, event) => once(event, (manager) => summaries.renew(manager, notebookId))),
    onEvent(notebookDeleted, ({ notebookId }, event) =>
      once(event, (manager) => summaries.forget(manager, notebookId)),
    ),
    onEvent(notebookChanged, async ({ notebookId, kind }, event) => {
      if (kind !== 'IMPORT_CANCELLED' && kind !== 'IMPORT_FAILED') return;
      await once(event, (manager) => summaries.renewWaiting(manager, notebookId));
    }),
  ];
}
