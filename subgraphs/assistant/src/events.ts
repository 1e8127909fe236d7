import type { Logger } from '@terakoya/common/logging';
import { counter } from '@terakoya/common/telemetry';

export type AssistantEvents = ReturnType<typeof createAssistantEvents>;

/** The business events of the assistant: each a count and a log line with ids. */
export function createAssistantEvents(logger: Logger) {
  const made = counter('terakoya_summaries_total', 'Summaries by outcome and engine.', ['outcome', 'engine']);
  return {
    summaryReady: (notebookId: string, engine: string) => {
      made.inc({ outcome: 'ready', engine: engine.split(':', 1)[0] });
      logger.info({ notebookId, engine }, 'summary-ready');
    },
    summaryFailed: (notebookId: string, code: string) => {
      made.inc({ outcome: code, engine: '' });
      logger.warn({ notebookId, code }, 'summary-failed');
    },
  };
}
