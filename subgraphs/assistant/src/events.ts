import type { Logger } from '@terakoya/common/logging';
import { counter } from '@terakoya/common/telemetry';

export type AssistantEvents = ReturnType<typeof createAssistantEvents>;

/** The business events of the assistant: each a count and a log line with ids, never a text. */
export function createAssistantEvents(logger: Logger) {
  const happened = counter('terakoya_assistant_events_total', 'Summary events by kind.', ['kind']);
  const tell = (kind: string, facts: object): void => {
    happened.inc({ kind });
    logger.info(facts, kind);
  };
  return {
    summaryRequested: (notebookId: string, revision: number) => tell('summary-requested', { notebookId, revision }),
    summaryReady: (notebookId: string, engine: string) => tell('summary-ready', { notebookId, engine }),
    summaryFailed: (notebookId: string, code: string) => tell('summary-failed', { notebookId, code }),
  };
}
