import { summariseNotebook } from '@terakoya/common/contracts';
import { type TaskImplementation, implementTask } from '@terakoya/common/queue';

import type { AiProxyEvents } from '../../ai-proxy/events';
import type { TextModel } from '../../vendors/text-model';
import { withFallback } from '../with-fallback';

export interface SummariseNotebookNeeds {
  readonly local: TextModel;
  /** The vendor's model, when it is chosen. */
  readonly vendor: TextModel | undefined;
  readonly events: AiProxyEvents;
}

/** Summarises a notebook; `engine` of the result says what did it. A notebook without text costs nothing. */
export function createSummariseNotebook({ local, vendor, events }: SummariseNotebookNeeds): TaskImplementation {
  return implementTask(summariseNotebook, async ({ notebookId, pages }, run) => {
    const locally = () => local.summarise(pages, run.signal);
    const hasText = pages.some(({ text }) => text.trim() !== '');
    const summary =
      vendor && hasText
        ? await withFallback({
            contract: summariseNotebook,
            run,
            paid: () => vendor.summarise(pages, run.signal),
            local: locally,
            onFallback: (reason) => events.fellBack(summariseNotebook.name, reason, run.jobId),
          })
        : await locally();
    events.notebookSummarised(notebookId, summary.engine, pages.length);
    return summary;
  });
}
